import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { SuppressionStore } from '../../privacy/ports.ts';
import type { PostgresConnection } from './connection.ts';

export function createSuppressionStore({ db }: Pick<PostgresConnection, 'db'>): SuppressionStore {
  return {
    async list(since) {
      const rows = await db
        .selectFrom('suppressions')
        .selectAll()
        .where('erased_at', '>=', since)
        .execute();
      return rows.map((row) => ({
        // The column refers to workspaces, where only checked ids are.
        workspaceId: row.workspace_id as WorkspaceId,
        hash: row.hash,
        erasedAt: row.erased_at,
      }));
    },
  };
}
