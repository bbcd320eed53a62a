import type { ClickHouseClient } from '@clickhouse/client';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { ListVersion, MemberLog } from '../../lists/ports.ts';

/** 2.5 MB of text a statement, made in 8 ms. */
const MEMBERS_A_STATEMENT = 50_000;

/** Members of uploaded lists, for questions over everybody. */
export function createMemberLog(client: ClickHouseClient): MemberLog {
  return {
    async write(workspaceId, version, members) {
      const before = `${workspaceId}\t${version.listId}\t${version.version}\t`;
      for (const hashes of members.chunks(MEMBERS_A_STATEMENT)) {
        // Ids are of a-z, 0-9, hyphen and underscore; there is nothing to escape.
        const lines = `${before}${hashes.join(`\n${before}`)}`;
        await client.command({
          query: `INSERT INTO list_members (workspace_id, list_id, version, member) SETTINGS async_insert = 0 FORMAT TabSeparated\n${lines}`,
        });
      }
      const found = await count(client, workspaceId, version);
      if (found !== members.size) {
        throw new Error(
          `list ${version.listId} of ${workspaceId}: ${found} of ${members.size} members are in the event log`,
        );
      }
    },

    async drop(workspaceId, { listId, version }) {
      await client.command({
        query:
          'ALTER TABLE list_members DROP PARTITION ({workspaceId:String}, {listId:String}, {version:UInt64})',
        query_params: { workspaceId, listId, version },
      });
    },
  };
}

async function count(
  client: ClickHouseClient,
  workspaceId: WorkspaceId,
  { listId, version }: ListVersion,
): Promise<number> {
  const reply = await client.query({
    query: `SELECT toUInt32(uniqExact(member)) AS found FROM list_members
      WHERE workspace_id = {workspaceId:String} AND list_id = {listId:String} AND version = {version:UInt64}`,
    query_params: { workspaceId, listId, version },
    format: 'JSONEachRow',
  });
  const [row] = await reply.json<{ found: number }>();
  return row?.found ?? 0;
}
