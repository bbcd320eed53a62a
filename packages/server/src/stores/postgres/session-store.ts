import type { Selectable } from 'kysely';
import type { SessionStore, StoredSession } from '../../admin/sign-in/ports.ts';
import type { PostgresConnection } from './connection.ts';
import type { ConsoleSessionTable } from './schema.ts';

export function createSessionStore({ db }: PostgresConnection): SessionStore {
  return {
    async add(workspaceId, session) {
      // Sign-ins are rare: a good moment to forget the sessions that have run out.
      await db
        .deleteFrom('console_sessions')
        .where('workspace_id', '=', workspaceId)
        .where('expires_at', '<=', session.createdAt)
        .execute();
      await db
        .insertInto('console_sessions')
        .values({
          workspace_id: workspaceId,
          session_id: session.id,
          token_hash: session.tokenHash,
          user_id: session.userId,
          created_at: session.createdAt,
          seen_at: session.seenAt,
          expires_at: session.expiresAt,
          address: session.address,
          user_agent: session.userAgent,
        })
        .execute();
    },

    async find(workspaceId, tokenHash) {
      const row = await db
        .selectFrom('console_sessions')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row === undefined ? undefined : sessionOf(row);
    },

    async markSeen(workspaceId, sessionId, at) {
      await db
        .updateTable('console_sessions')
        .set({ seen_at: at })
        .where('workspace_id', '=', workspaceId)
        .where('session_id', '=', sessionId)
        .execute();
    },

    async listOfUser(workspaceId, userId) {
      const rows = await db
        .selectFrom('console_sessions')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('user_id', '=', userId)
        .orderBy('seen_at', 'desc')
        .orderBy('session_id')
        .execute();
      return rows.map(sessionOf);
    },

    async remove(workspaceId, { userId, sessionId }) {
      const { numDeletedRows } = await db
        .deleteFrom('console_sessions')
        .where('workspace_id', '=', workspaceId)
        .where('user_id', '=', userId)
        .where('session_id', '=', sessionId)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },

    async removeOthers(workspaceId, userId, kept) {
      const all = db
        .deleteFrom('console_sessions')
        .where('workspace_id', '=', workspaceId)
        .where('user_id', '=', userId);
      await (kept === undefined ? all : all.where('session_id', '!=', kept)).execute();
    },
  };
}

function sessionOf(row: Selectable<ConsoleSessionTable>): StoredSession {
  return {
    id: row.session_id,
    tokenHash: row.token_hash,
    userId: row.user_id,
    createdAt: row.created_at,
    seenAt: row.seen_at,
    expiresAt: row.expires_at,
    address: row.address,
    userAgent: row.user_agent,
  };
}
