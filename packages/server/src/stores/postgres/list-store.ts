import type { ListId } from '@tenth/model/ids.ts';
import type { ListStore } from '../../lists/ports.ts';
import type { PostgresConnection } from './connection.ts';

/** 512 KB: one statement after the other, and commits come in between. */
const MEMBERS_A_CHUNK = 65_536;
const HASH_BYTES = 8;

/** Members of uploaded lists: sorted hashes, in the byte order of the machine, in a few large rows. */
export function createListStore(connection: PostgresConnection): ListStore {
  const { db } = connection;
  return {
    async begin(workspaceId, listId, at) {
      for (;;) {
        const outcome = await connection.runScript([
          {
            sql: `insert into list_versions (workspace_id, list_id, version, begun_at)
            select $1::text, $2::text, coalesce(max(version), 0) + 1, $3::bigint
            from list_versions where workspace_id = $1::text and list_id = $2::text
            on conflict do nothing
            returning version`,
            values: [workspaceId, listId, at],
          },
        ]);
        // No row where another upload has taken the number at the same moment.
        const version = outcome.kind === 'done' ? outcome.rows[0]?.version : undefined;
        if (typeof version === 'number') {
          return version;
        }
      }
    },

    async write(workspaceId, { listId, version }, members) {
      let chunk = 0;
      // In no transaction: embedded, it would keep every commit waiting. Nobody reads it before it is whole.
      for (const hashes of members.chunks(MEMBERS_A_CHUNK)) {
        await connection.runScript([
          {
            sql: `insert into list_members (workspace_id, list_id, version, chunk, members)
            values ($1::text, $2::text, $3::bigint, $4::bigint, $5::bytea)`,
            values: [
              workspaceId,
              listId,
              version,
              chunk,
              new Uint8Array(hashes.buffer, hashes.byteOffset, hashes.byteLength),
            ],
          },
        ]);
        chunk += 1;
      }
    },

    async read(workspaceId, { listId, version }) {
      const chunks: Uint8Array[] = [];
      for (;;) {
        const [row] = await connection.read<{ readonly members: Uint8Array }>(
          `select members from list_members
          where workspace_id = $1::text and list_id = $2::text and version = $3::bigint and chunk = $4::bigint`,
          [workspaceId, listId, version, chunks.length],
        );
        if (row === undefined) {
          break;
        }
        chunks.push(row.members);
      }
      const bytes = Buffer.concat(chunks);
      const hashes = new BigUint64Array(bytes.length / HASH_BYTES);
      new Uint8Array(hashes.buffer).set(bytes);
      return hashes;
    },

    async findVersions(workspaceId, listId) {
      let query = db
        .selectFrom('list_versions')
        .select(['list_id', 'version', 'begun_at'])
        .where('workspace_id', '=', workspaceId)
        .where(({ exists, selectFrom }) =>
          exists(
            selectFrom('list_members')
              .select('list_members.chunk')
              .whereRef('list_members.workspace_id', '=', 'list_versions.workspace_id')
              .whereRef('list_members.list_id', '=', 'list_versions.list_id')
              .whereRef('list_members.version', '=', 'list_versions.version'),
          ),
        )
        .orderBy('list_id')
        .orderBy('version');
      if (listId !== undefined) {
        query = query.where('list_id', '=', listId);
      }
      const rows = await query.execute();
      return rows.map((row) => ({
        // Written by begin() only.
        listId: row.list_id as ListId,
        version: row.version,
        begunAt: row.begun_at,
      }));
    },

    async drop(workspaceId, { listId, version }) {
      await db
        .deleteFrom('list_members')
        .where('workspace_id', '=', workspaceId)
        .where('list_id', '=', listId)
        .where('version', '=', version)
        .execute();
    },
  };
}
