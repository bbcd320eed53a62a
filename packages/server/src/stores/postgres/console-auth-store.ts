import type { ConsoleAuthStore } from '../../admin/ports.ts';
import type { PostgresConnection } from './connection.ts';

export function createConsoleAuthStore({ db }: PostgresConnection): ConsoleAuthStore {
  return {
    async findPasswordHash(workspaceId) {
      const row = await db
        .selectFrom('console_auth')
        .select('password_hash')
        .where('workspace_id', '=', workspaceId)
        .executeTakeFirst();
      return row?.password_hash;
    },

    async setFirstPassword(workspaceId, hash, at) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('console_auth')
        .values({ workspace_id: workspaceId, password_hash: hash, changed_at: at })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },

    async addSession(workspaceId, { tokenHash, createdAt, expiresAt }) {
      // Sign-ins are rare: a good moment to forget the sessions that have run out.
      await db
        .deleteFrom('console_sessions')
        .where('workspace_id', '=', workspaceId)
        .where('expires_at', '<=', createdAt)
        .execute();
      await db
        .insertInto('console_sessions')
        .values({
          workspace_id: workspaceId,
          token_hash: tokenHash,
          created_at: createdAt,
          expires_at: expiresAt,
        })
        .execute();
    },

    async findSession(workspaceId, tokenHash) {
      const row = await db
        .selectFrom('console_sessions')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row === undefined
        ? undefined
        : { tokenHash: row.token_hash, createdAt: row.created_at, expiresAt: row.expires_at };
    },

    async removeSession(workspaceId, tokenHash) {
      await db
        .deleteFrom('console_sessions')
        .where('workspace_id', '=', workspaceId)
        .where('token_hash', '=', tokenHash)
        .execute();
    },
  };
}
