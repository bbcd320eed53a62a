import type { ClickHouseClient } from '@clickhouse/client';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { json } from '@tenth/model/json-schema.ts';
import { z } from 'zod';
import type { PersonRows, PersonTraces } from '../../privacy/ports.ts';

const ROWS_A_PAGE = 1_000;

const row = z.record(z.string(), json);
type Row = z.infer<typeof row>;

/** Of the log's own bookkeeping. */
const INNER = ['batch', 'profile_hash'];
/** Columns that are JSON. */
const JSON_COLUMNS = ['payload', 'enrichment', 'trace', 'cart_items'];

/** Rows of the event log as they are, of one person. */
export function createPersonRows(client: ClickHouseClient): PersonRows {
  return {
    events: (workspaceId, traces) =>
      readPages(client, 'events', {
        workspaceId,
        traces,
        where: `(profile_id IN {profileIds:Array(String)}
            OR (user_id != '' AND user_id IN {userIds:Array(String)})
            OR (user_id = '' AND anonymous_id IN {anonymousIds:Array(String)}))
          AND NOT (user_id = '' AND anonymous_id IN {othersAnonymousIds:Array(String)})`,
      }),
    decisions: (workspaceId, traces) =>
      readPages(client, 'decisions', {
        workspaceId,
        traces,
        where: 'profile_id IN {profileIds:Array(String)}',
      }),
  };
}

/** In the order of their commits. */
async function* readPages(
  client: ClickHouseClient,
  table: 'events' | 'decisions',
  {
    workspaceId,
    traces,
    where,
  }: {
    readonly workspaceId: WorkspaceId;
    readonly traces: PersonTraces;
    readonly where: string;
  },
): AsyncGenerator<Row> {
  // Decisions on one event share its place; no person has a page of them on one.
  let after = '0';
  for (;;) {
    const reply = await client.query({
      query: `SELECT *, toString(seq) AS seq FROM ${table}
        WHERE workspace_id = {workspaceId:String} AND ${table}.seq > {after:UInt64} AND ${where}
        ORDER BY ${table}.seq LIMIT ${ROWS_A_PAGE} WITH TIES`,
      query_params: { ...traces, workspaceId, after },
      format: 'JSONEachRow',
    });
    const rows = z.array(row).parse(await reply.json());
    for (const one of rows) {
      yield readable(one);
    }
    const last = rows.at(-1)?.seq;
    if (typeof last !== 'string') {
      return;
    }
    after = last;
  }
}

function readable(found: Row): Row {
  return Object.fromEntries(
    Object.entries(found)
      .filter(([column, value]) => !INNER.includes(column) && value !== '')
      .map(([column, value]) => [
        column,
        JSON_COLUMNS.includes(column) && typeof value === 'string' ? JSON.parse(value) : value,
      ]),
  );
}
