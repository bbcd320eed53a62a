import type { ProfileId } from '@tenth/model/ids.ts';
import type { InactivePeople } from '../../privacy/ports.ts';
import type { PostgresConnection } from './connection.ts';

export function createInactivePeople({ db }: Pick<PostgresConnection, 'db'>): InactivePeople {
  return {
    async listNotSeenSince(workspaceId, since, limit) {
      const rows = await db
        .selectFrom('people_index')
        .select('profile_id')
        .where('workspace_id', '=', workspaceId)
        .where('last_seen_at', '<', since)
        .orderBy('last_seen_at')
        .limit(limit)
        .execute();
      // Only checked ids are ever written there.
      return rows.map((row) => row.profile_id as ProfileId);
    },
  };
}
