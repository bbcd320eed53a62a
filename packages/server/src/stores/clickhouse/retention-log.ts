import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import type { RetentionLog } from '../../privacy/ports.ts';

const monthRow = z.object({ month: z.number().int(), found: z.coerce.number() });

/** Tables of the log that grow with every event, and the moment of their rows. */
const TABLES = { events: 'timestamp', decisions: 'at' } as const;

/** Deletes old rows of one workspace, a month at a time: a mutation rewrites no more than one partition. */
export function createRetentionLog(client: ClickHouseClient): RetentionLog {
  async function deleteFrom(
    table: keyof typeof TABLES,
    workspaceId: string,
    before: number,
  ): Promise<number> {
    const isOld = `workspace_id = {workspaceId:String}
      AND ${TABLES[table]} < fromUnixTimestamp64Milli({before:Int64}, 'UTC')`;
    const query_params = { workspaceId, before };
    const reply = await client.query({
      query: `SELECT toYYYYMM(${TABLES[table]}) AS month, toString(count()) AS found
        FROM ${table} WHERE ${isOld} GROUP BY month ORDER BY month`,
      query_params,
      format: 'JSONEachRow',
    });
    let deleted = 0;
    for (const { month, found } of z.array(monthRow).parse(await reply.json())) {
      await client.command({
        query: `ALTER TABLE ${table} DELETE IN PARTITION ${month} WHERE ${isOld} SETTINGS mutations_sync = 2`,
        query_params,
      });
      deleted += found;
    }
    return deleted;
  }

  return {
    async deleteBefore(workspaceId, before) {
      const events = await deleteFrom('events', workspaceId, before);
      return { events, decisions: await deleteFrom('decisions', workspaceId, before) };
    },
  };
}
