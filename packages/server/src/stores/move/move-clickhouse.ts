import type { ClickHouseClient } from '@clickhouse/client';
import { type MoveProgress, requireEqual, type TableDigest } from './moved-table.ts';

/** Some 20 MB of text. */
const ROWS_A_STATEMENT = 20_000;

interface Table {
  readonly name: string;
  readonly engine: string;
  readonly columns: readonly string[];
}

interface Page {
  readonly part: string;
  readonly from: number;
  readonly to: number;
}

/**
 * Refuses a database that holds anything already.
 *
 * @throws {Error} Names the table.
 */
export async function requireEmptyClickHouse(client: ClickHouseClient): Promise<void> {
  for (const { name } of await ask<{ readonly name: string }>(
    client,
    `SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'
      AND total_rows > 0 AND name NOT LIKE 'schema\\_migrations%' ORDER BY name`,
  )) {
    throw new Error(
      `the target ClickHouse holds rows in ${name}: move into an empty database, so that nothing is mixed`,
    );
  }
}

/**
 * Copies every table of one event log into another of the same schema, and compares what arrived.
 *
 * @param from Nobody may write to it meanwhile; it stops merging, so that each row keeps its place.
 * @throws {Error} A table did not arrive whole.
 */
export async function moveClickHouse(
  from: ClickHouseClient,
  to: ClickHouseClient,
  onProgress: (progress: MoveProgress) => void,
): Promise<number> {
  await from.command({ query: 'SYSTEM STOP MERGES' });
  const tables = await listTables(from);
  for (const table of tables) {
    await copyTable(table, from, to, onProgress);
  }
  return tables.length;
}

async function copyTable(
  table: Table,
  from: ClickHouseClient,
  to: ClickHouseClient,
  onProgress: (progress: MoveProgress) => void,
): Promise<void> {
  const pages = await listPages(from, table);
  const ofRows = pages.reduce((sum, page) => sum + page.to - page.from, 0);
  let rows = 0;
  for (const page of pages) {
    await copyPage(table, page, from, to);
    rows += page.to - page.from;
    onProgress({ store: 'ClickHouse', table: table.name, rows, ofRows });
  }
  requireEqual('ClickHouse', table.name, {
    from: await digest(from, table),
    to: await digest(to, table),
  });
}

async function copyPage(
  { name, columns }: Table,
  page: Page,
  from: ClickHouseClient,
  to: ClickHouseClient,
): Promise<void> {
  const list = columns.join(', ');
  const reply = await from.query({
    query: `SELECT ${list} FROM ${name}
      WHERE _part = {part:String} AND _part_offset >= {from:UInt64} AND _part_offset < {to:UInt64}`,
    query_params: { ...page },
    // A line that ends in what the client takes off a statement, such as an empty column, would not be read.
    format: 'JSONCompactEachRow',
  });
  const lines = await reply.text();
  await to.command({
    query: `INSERT INTO ${name} (${list}) SETTINGS async_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 0 FORMAT JSONCompactEachRow\n${lines}`,
  });
}

async function listPages(client: ClickHouseClient, { name }: Table): Promise<readonly Page[]> {
  const parts = await ask<{ readonly part: string; readonly count: number }>(
    client,
    `SELECT name AS part, toUInt32(rows) AS count FROM system.parts
      WHERE database = currentDatabase() AND table = {name:String} AND active ORDER BY name`,
    { name },
  );
  return parts.flatMap(({ part, count }) =>
    Array.from({ length: Math.ceil(count / ROWS_A_STATEMENT) }, (_, place) => ({
      part,
      from: place * ROWS_A_STATEMENT,
      to: Math.min(count, (place + 1) * ROWS_A_STATEMENT),
    })),
  );
}

/** Without what a simulation in the middle of its work has left, and without the target's own ledger. */
async function listTables(client: ClickHouseClient): Promise<readonly Table[]> {
  return ask<Table>(
    client,
    `SELECT tables.name AS name, any(tables.engine) AS engine, groupArray(columns.name) AS columns
      FROM system.tables AS tables
      JOIN (
        SELECT database, table, name FROM system.columns
        WHERE default_kind NOT IN ('MATERIALIZED', 'ALIAS', 'EPHEMERAL') ORDER BY position
      ) AS columns ON columns.database = tables.database AND columns.table = tables.name
      WHERE tables.database = currentDatabase() AND tables.engine LIKE '%MergeTree'
        AND tables.name != 'schema_migrations' AND tables.name NOT LIKE 'simulation\\_%'
      GROUP BY tables.name ORDER BY tables.name`,
  );
}

/** Rows that replace or add to one another are compared as readers see them, whatever was merged by then. */
async function digest(client: ClickHouseClient, table: Table): Promise<TableDigest> {
  const { name, engine, columns } = table;
  const isPlain = engine === 'MergeTree';
  // Sets that were put together in another order are the same to readers, and other bytes.
  const checksum =
    engine === 'AggregatingMergeTree' ? "''" : `toString(sum(cityHash64(${columns.join(', ')})))`;
  const [row] = await ask<{ readonly rows: number; readonly checksum: string }>(
    client,
    `SELECT toUInt32(count()) AS rows, ${checksum} AS checksum FROM ${name}${isPlain ? '' : ' FINAL'}`,
  );
  return { rows: row?.rows ?? 0, checksum: row?.checksum ?? '' };
}

async function ask<Row>(
  client: ClickHouseClient,
  query: string,
  query_params: Readonly<Record<string, unknown>> = {},
): Promise<Row[]> {
  const reply = await client.query({ query, query_params, format: 'JSONEachRow' });
  return reply.json<Row>();
}
