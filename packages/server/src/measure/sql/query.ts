import type { ClickHouseClient } from '@clickhouse/client';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { z } from 'zod';

/** The event log of one workspace. Every query filters by {@link WORKSPACE}. */
export interface EventLogReader {
  readonly client: ClickHouseClient;
  readonly workspaceId: WorkspaceId;
}

/** The condition that keeps a query inside its workspace; `runQuery` binds it. */
export const WORKSPACE = 'workspace_id = {workspaceId:String}';

export type SqlType =
  | 'String'
  | 'Int64'
  | 'UInt64'
  | 'UInt32'
  | 'Float64'
  | 'Bool'
  | 'Array(String)';
type SqlValue = string | number | boolean | readonly string[];

/** Values of one statement. They go to the server beside the text and never into it. */
export class SqlParams {
  readonly #values: Record<string, SqlValue> = {};
  readonly #names = new Map<string, string>();

  get values(): Readonly<Record<string, SqlValue>> {
    return this.#values;
  }

  /** The placeholder that stands for the value in the text: the same for the same value. */
  bind(type: SqlType, value: SqlValue): string {
    const key = JSON.stringify([type, value]);
    const name = this.#names.get(key) ?? `p${this.#names.size + 1}`;
    this.#names.set(key, name);
    // As text, since the in-process binding refuses whole numbers beyond 2^53, which a Float64 may be.
    this.#values[name] = type === 'Float64' ? String(value) : value;
    return `{${name}:${type}}`;
  }

  /** A moment, as DateTime64(3, 'UTC'). */
  bindTime(atMs: number): string {
    return `fromUnixTimestamp64Milli(${this.bind('Int64', Math.round(atMs))}, 'UTC')`;
  }
}

/**
 * Runs a SELECT and checks each row.
 *
 * @throws {Error} The store refused or did not answer, or a row does not fit (a bug).
 */
export async function runQuery<Row>(
  log: EventLogReader,
  statement: { readonly sql: string; readonly params: SqlParams; readonly row: z.ZodType<Row> },
): Promise<readonly Row[]> {
  const reply = await log.client.query({
    query: statement.sql,
    query_params: { ...statement.params.values, workspaceId: log.workspaceId },
    format: 'JSONEachRow',
  });
  const rows = await reply.json<unknown>();
  return rows.map((row) => statement.row.parse(row));
}
