import type { ClickHouseClient } from '@clickhouse/client';
import { unpackBody } from '../../ship/outbox-body.ts';
import type { EventLog, OutboxRow } from '../../ship/ports.ts';
import { addLogLines, type LogLines } from './log-text.ts';
import { fillProfileTables } from './profile-tables.ts';
import { decisionColumns, eventColumns, personLinkColumns } from './rows.ts';

interface LogTable {
  readonly name: 'events' | 'decisions' | 'person_links';
  readonly columns: readonly string[];
}

/** A table whose rows say which batch they came with. */
interface BatchTable extends LogTable {
  /** What names a row within its batch; `keyOf` does so for a line not yet sent. */
  readonly keySql: string;
  readonly keyOf: (line: string) => string;
}

interface Lines {
  readonly batch: bigint;
  readonly lines: readonly string[];
}

const events: BatchTable = {
  name: 'events',
  columns: ['batch', 'seq', ...eventColumns],
  keySql: 'toString(seq)',
  keyOf: (line) => line.split('\t', 2)[1] ?? '',
};
const decisions: BatchTable = {
  name: 'decisions',
  columns: ['batch', 'seq', ...decisionColumns],
  keySql: "concat(toString(seq), ':', decision_id)",
  keyOf: (line) => line.split('\t', 3).slice(1).join(':'),
};
const personLinks: LogTable = { name: 'person_links', columns: personLinkColumns };

/** A replica that is behind must not pass for missing rows: these would be written again. */
const LAST_STATE = 'SETTINGS select_sequential_consistency = 1';

/** A token without its rows costs one attempt more; more than a few mean that something else is wrong. */
const MAX_ATTEMPTS = 5;

/** The event log on ClickHouse, as `ship` wants it. */
export function createEventLog(client: ClickHouseClient): EventLog {
  return {
    async append({ id, rows }) {
      const lines: LogLines = { events: [], decisions: [], personLinks: [] };
      for (const row of rows) {
        addLogLines(await readText(row), { outboxId: row.id, batch: id }, lines);
      }
      await appendOnce(client, events, { batch: id, lines: lines.events });
      if (lines.events.length > 0) {
        await fillProfileTables(client, id);
      }
      await appendOnce(client, decisions, { batch: id, lines: lines.decisions });
      // Equal links fall together in the table, so that writing them again does no harm.
      await insertLines(client, personLinks, `${id}:person_links`, lines.personLinks);
      return { events: lines.events.length };
    },
  };
}

async function readText({ id, body }: OutboxRow): Promise<string> {
  try {
    return await unpackBody(body);
  } catch (cause) {
    throw new Error(`outbox row ${id} cannot be read`, { cause });
  }
}

/**
 * Inserts what the table does not hold of the batch, until it holds all. The token keeps an insert that
 * is still under way elsewhere (a lost reply) from doubling; the reading finds tokens without rows.
 */
async function appendOnce(
  client: ClickHouseClient,
  table: BatchTable,
  { batch, lines }: Lines,
): Promise<void> {
  let missing = await findMissing(client, table, { batch, lines });
  for (let attempt = 0; missing.length > 0; attempt += 1) {
    if (attempt === MAX_ATTEMPTS) {
      throw new Error(`batch ${batch}: ${missing.length} rows of ${table.name} do not stay`);
    }
    const token = `${batch}:${table.name}:${attempt}`;
    await insertLines(client, table, token, missing);
    missing = await findMissing(client, table, { batch, lines });
  }
}

async function findMissing(
  client: ClickHouseClient,
  table: BatchTable,
  { batch, lines }: Lines,
): Promise<readonly string[]> {
  if (lines.length === 0) {
    return [];
  }
  const query_params = { batch: batch.toString() };
  const counted = await client.query({
    query: `SELECT toUInt32(count()) AS found FROM ${table.name} WHERE batch = {batch:UInt64} ${LAST_STATE}`,
    query_params,
    format: 'JSONEachRow',
  });
  const found = (await counted.json<{ found: number }>())[0]?.found ?? 0;
  if (found >= lines.length) {
    return [];
  }
  if (found === 0) {
    return lines;
  }
  const kept = await client.query({
    query: `SELECT ${table.keySql} AS key FROM ${table.name} WHERE batch = {batch:UInt64} ${LAST_STATE}`,
    query_params,
    format: 'JSONEachRow',
  });
  const keys = new Set((await kept.json<{ key: string }>()).map(({ key }) => key));
  return lines.filter((line) => !keys.has(table.keyOf(line)));
}

/**
 * Settings stand in the statement, since in process they would otherwise hold for the whole session.
 * Imports reach far back, hence no limit on months an insert.
 */
async function insertLines(
  client: ClickHouseClient,
  table: LogTable,
  token: string,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) {
    return;
  }
  // With the rows in the statement itself: handed over as a stream they are copied twice more.
  await client.command({
    query: `INSERT INTO ${table.name} (${table.columns.join(', ')}) SETTINGS async_insert = 0, insert_deduplicate = 1, insert_deduplication_token = '${token}', max_partitions_per_insert_block = 0 FORMAT TabSeparated\n${lines.join('\n')}`,
  });
}
