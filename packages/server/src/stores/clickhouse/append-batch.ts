import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ClickHouseClient } from '@clickhouse/client';
import type { EventLog, LogBatch } from '../../ship/ports.ts';
import { toJsonLine } from './json-line.ts';
import { toRows } from './to-rows.ts';

/** `keySql` names a row within its batch; `key` is the same for a row not yet sent. */
interface LogTable {
  readonly name: 'events' | 'decisions';
  readonly keySql: string;
}

interface KeyedLine {
  readonly key: string;
  readonly line: string;
}

const tables = {
  events: { name: 'events', keySql: 'toString(seq)' },
  decisions: { name: 'decisions', keySql: "concat(toString(seq), ':', decision_id)" },
} as const satisfies Record<string, LogTable>;

/** A token without its rows costs one attempt more; more than a few mean that something else is wrong. */
const MAX_ATTEMPTS = 5;

/** The event log on ClickHouse, as `ship` wants it. */
export function createEventLog(client: ClickHouseClient): EventLog {
  return {
    async append(batch) {
      const lines = await toLines(batch);
      await appendOnce(client, tables.events, { id: batch.id, lines: lines.events });
      await appendOnce(client, tables.decisions, { id: batch.id, lines: lines.decisions });
      // Equal links fall together in the table, so that writing them again does no harm.
      await insertLines(client, 'person_links', `${batch.id}:person_links`, lines.personLinks);
    },
  };
}

async function toLines(batch: LogBatch): Promise<{
  readonly events: readonly KeyedLine[];
  readonly decisions: readonly KeyedLine[];
  readonly personLinks: readonly string[];
}> {
  const events: KeyedLine[] = [];
  const decisions: KeyedLine[] = [];
  const personLinks: string[] = [];
  const inBatch = `{"batch":"${batch.id}",`;
  const toBatchLine = (line: string) => inBatch + line.slice(1);
  for (const entry of batch.entries) {
    let firstPlace = 0;
    for (const record of entry.records) {
      const rows = toRows(record, entry.outboxId, firstPlace);
      firstPlace += record.events.length;
      for (const row of rows.events) {
        events.push({ key: row.seq, line: toBatchLine(toJsonLine(row)) });
      }
      for (const row of rows.decisions) {
        const key = `${row.seq}:${row.decision_id}`;
        decisions.push({ key, line: toBatchLine(toJsonLine(row)) });
      }
      personLinks.push(...rows.personLinks.map(toJsonLine));
    }
    // Rows are made on the thread that answers requests: let them through between outbox rows.
    await nextTurn();
  }
  return { events, decisions, personLinks };
}

/**
 * Inserts what the table does not hold of the batch, until it holds all. The token keeps an insert that
 * is still under way elsewhere (a lost reply) from doubling; the reading finds tokens without rows.
 */
async function appendOnce(
  client: ClickHouseClient,
  table: LogTable,
  batch: { readonly id: bigint; readonly lines: readonly KeyedLine[] },
): Promise<void> {
  let missing = await findMissing(client, table, batch);
  for (let attempt = 0; missing.length > 0; attempt += 1) {
    if (attempt === MAX_ATTEMPTS) {
      throw new Error(`batch ${batch.id}: ${missing.length} rows of ${table.name} do not stay`);
    }
    const token = `${batch.id}:${table.name}:${attempt}`;
    await insertLines(client, table.name, token, missing);
    missing = await findMissing(client, table, batch);
  }
}

async function findMissing(
  client: ClickHouseClient,
  table: LogTable,
  batch: { readonly id: bigint; readonly lines: readonly KeyedLine[] },
): Promise<readonly string[]> {
  if (batch.lines.length === 0) {
    return [];
  }
  const query_params = { batch: batch.id.toString() };
  const counted = await client.query({
    query: `SELECT toUInt32(count()) AS found FROM ${table.name} WHERE batch = {batch:UInt64}`,
    query_params,
    format: 'JSONEachRow',
  });
  const found = (await counted.json<{ found: number }>())[0]?.found ?? 0;
  if (found >= batch.lines.length) {
    return [];
  }
  if (found === 0) {
    return batch.lines.map(({ line }) => line);
  }
  const kept = await client.query({
    query: `SELECT ${table.keySql} AS key FROM ${table.name} WHERE batch = {batch:UInt64}`,
    query_params,
    format: 'JSONEachRow',
  });
  const keys = new Set((await kept.json<{ key: string }>()).map(({ key }) => key));
  return batch.lines.filter(({ key }) => !keys.has(key)).map(({ line }) => line);
}

/**
 * Settings stand in the statement, since in process they would otherwise hold for the whole session.
 * Imports reach far back, hence no limit on months an insert.
 */
async function insertLines(
  client: ClickHouseClient,
  table: string,
  token: string,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) {
    return;
  }
  const reply = await client.exec({
    query: `INSERT INTO ${table} SETTINGS async_insert = 0, insert_deduplicate = 1, insert_deduplication_token = '${token}', max_partitions_per_insert_block = 0 FORMAT JSONEachRow`,
    values: Readable.from([Buffer.from(lines.join('\n'))]),
  });
  reply.stream.resume();
}
