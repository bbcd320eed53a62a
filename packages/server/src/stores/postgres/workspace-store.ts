import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { PostgresConnection } from './connection.ts';

export interface WorkspaceStore {
  list(): Promise<readonly WorkspaceId[]>;
  /** @returns Whether it is new. */
  ensure(workspaceId: WorkspaceId, at: EpochMs): Promise<boolean>;
}

export function createWorkspaceStore({ db }: PostgresConnection): WorkspaceStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('workspaces')
        .select('workspace_id')
        .orderBy('created_at')
        .orderBy('workspace_id')
        .execute();
      // Written by ensure() only.
      return rows.map((row) => row.workspace_id as WorkspaceId);
    },

    async ensure(workspaceId, at) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('workspaces')
        .values({ workspace_id: workspaceId, created_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}
