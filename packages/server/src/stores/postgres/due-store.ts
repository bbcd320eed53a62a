import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { DueStore } from '../../sweep/ports.ts';
import type { PostgresConnection } from './connection.ts';

const DUE = `
  select workspace_id, profile_id, due_at from profiles
  where due_at <= $1::bigint order by due_at limit $2::bigint`;

interface DueRow {
  readonly workspace_id: WorkspaceId;
  readonly profile_id: ProfileId;
}

/**
 * Who is due, by the index of `profiles.due_at`. Holding people moves that column alone: it changes no
 * version, so whoever writes the profile meanwhile goes through, and writes the true moment again.
 */
export function createDueStore(connection: PostgresConnection): DueStore {
  return {
    async take(now, limit, heldUntil) {
      const rows =
        connection.kind === 'embedded'
          ? await connection.read<DueRow>(DUE, [now, limit])
          : await connection.read<DueRow>(
              `with due as (${DUE} for update skip locked), held as (
                update profiles p set due_at = $3::bigint from due
                where p.workspace_id = due.workspace_id and p.profile_id = due.profile_id
                returning p.workspace_id, p.profile_id, due.due_at
              )
              select * from held order by due_at`,
              [now, limit, heldUntil],
            );
      return rows.map((row) => ({ workspaceId: row.workspace_id, profileId: row.profile_id }));
    },

    async postpone(people, until) {
      await connection.runScript([
        {
          sql: `update profiles p set due_at = $1::bigint
            from unnest($2::text[], $3::text[]) as late (workspace_id, profile_id)
            where p.workspace_id = late.workspace_id and p.profile_id = late.profile_id
              and p.due_at < $1::bigint`,
          values: [
            until,
            people.map(({ workspaceId }) => workspaceId),
            people.map(({ profileId }) => profileId),
          ],
        },
      ]);
    },

    async nextDueAt() {
      const [row] = await connection.read<{ readonly due_at: number | null }>(
        'select min(due_at) as due_at from profiles where due_at is not null',
        [],
      );
      return row?.due_at ?? undefined;
    },
  };
}
