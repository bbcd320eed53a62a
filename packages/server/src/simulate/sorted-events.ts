import { randomBytes } from 'node:crypto';
import { type EpochMs, HOUR_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../measure/sql/query.ts';
import { RUN_COLUMNS } from '../replay/recorded-row.ts';
import { LINE_COLUMNS, placeOfLine } from './event-lines.ts';

/**
 * The events that a simulation runs, copied in the order in which it needs them: by person, each in the
 * order of the log. The log itself is sorted by name and day, and sorting it anew for every page would
 * cost more than the copy. Dropped when the simulation ends.
 */
export interface SortedEvents {
  readonly table: string;
  readonly shards: number;
  readonly events: number;
  readonly people: number;
  drop(): Promise<void>;
}

/** A page of one shard, a line an event, and where the next one begins. */
export interface SortedPage {
  readonly text: string;
  readonly next: SortedPlace | undefined;
}

export interface SortedPlace {
  readonly person: string;
  readonly seq: string;
}

const NAME = 'simulation_';
/** No simulation runs so long: a table this old was left behind by a process that was killed. */
const LEFTOVER_MS = 24 * HOUR_MS;
const PAGE = 4_000;

const counted = z.object({ events: z.coerce.number(), people: z.coerce.number() });
const merged = z.object({ survivors: z.array(z.string()) });
const tableName = z.object({ name: z.string() });

/** Copies what people with an event in the period did up to its end, bots left out. */
export async function sortEvents(
  log: EventLogReader,
  period: { readonly from: EpochMs; readonly to: EpochMs },
  shards: number,
  now: EpochMs,
): Promise<SortedEvents> {
  await dropLeftovers(log, now);
  const table = `${NAME}${now}_${randomBytes(6).toString('hex')}`;
  const sorted = { table, shards, drop: () => dropTable(log, table) };
  await log.client.command({
    query: `CREATE TABLE ${table} ENGINE = MergeTree ORDER BY (shard, person, seq)
      EMPTY AS SELECT toUInt16(0) AS shard, '' AS person, seq, ${RUN_COLUMNS} FROM events`,
  });
  try {
    await fill(log, sorted, period);
    const [found] = await runQuery(log, {
      sql: `SELECT count() AS events, uniqExact(person) AS people FROM ${table}`,
      params: new SqlParams(),
      row: counted,
    });
    return { ...sorted, events: found?.events ?? 0, people: found?.people ?? 0 };
  } catch (error) {
    await sorted.drop();
    throw error;
  }
}

async function fill(
  log: EventLogReader,
  { table, shards }: Pick<SortedEvents, 'table' | 'shards'>,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): Promise<void> {
  const params = new SqlParams();
  const person = await personSql(log, params);
  const until = params.bindTime(to);
  const query = `
    INSERT INTO ${table}
    WITH merged AS (
      SELECT absorbed_id AS absorbed, argMin(profile_id, seq) AS survivor FROM events
      WHERE ${WORKSPACE} AND absorbed_id != '' GROUP BY absorbed
    ),
    people AS (
      SELECT DISTINCT ${person} AS person
      FROM events LEFT JOIN merged ON merged.absorbed = events.profile_id
      WHERE ${WORKSPACE} AND NOT is_bot AND timestamp < ${until}
        AND timestamp >= ${params.bindTime(from)}
    )
    SELECT cityHash64(person) % ${params.bind('UInt32', shards)} AS shard,
      ${person} AS person, seq, ${RUN_COLUMNS}
    FROM events LEFT JOIN merged ON merged.absorbed = events.profile_id
    WHERE ${WORKSPACE} AND NOT is_bot AND timestamp < ${until} AND person IN people`;
  await log.client.command({
    query,
    query_params: { ...params.values, workspaceId: log.workspaceId },
  });
}

/**
 * The person whose history a profile belongs to: the one that it was first merged into, or itself. Who
 * was parted from one person and then merged into another makes one history of both; there are next to
 * none, so these are named one by one.
 */
async function personSql(log: EventLogReader, params: SqlParams): Promise<string> {
  const found = await runQuery(log, {
    sql: `SELECT groupUniqArray(profile_id) AS survivors FROM events
      WHERE ${WORKSPACE} AND absorbed_id != '' GROUP BY absorbed_id HAVING length(survivors) > 1`,
    params: new SqlParams(),
    row: merged,
  });
  const first = "if(merged.survivor = '', events.profile_id, merged.survivor)";
  const one = oneOfEach(found.map(({ survivors }) => survivors));
  if (one.size === 0) {
    return first;
  }
  const from = params.bind('Array(String)', [...one.keys()]);
  const to = params.bind('Array(String)', [...one.values()]);
  return `transform(${first}, ${from}, ${to}, ${first})`;
}

/** Groups that share a member are one; each member is mapped to one of its group. */
export function oneOfEach(groups: readonly (readonly string[])[]): ReadonlyMap<string, string> {
  const one = new Map<string, string>();
  for (const group of groups) {
    const known = new Set(group.map((member) => one.get(member) ?? member));
    const [chosen = ''] = [...known].sort();
    for (const [member, of] of one) {
      if (known.has(of)) {
        one.set(member, chosen);
      }
    }
    for (const member of group) {
      one.set(member, chosen);
    }
  }
  return one;
}

/** The next events of a shard; undefined as `next` after the last. */
export async function readSortedPage(
  log: EventLogReader,
  { table }: Pick<SortedEvents, 'table'>,
  shard: number,
  after: SortedPlace | undefined,
): Promise<SortedPage> {
  const params = new SqlParams();
  const from =
    after === undefined
      ? ''
      : `AND (person, seq) > (${params.bind('String', after.person)}, ${params.bind('UInt64', after.seq)})`;
  const reply = await log.client.query({
    query: `SELECT ${LINE_COLUMNS} FROM ${table}
      WHERE shard = ${params.bind('UInt32', shard)} ${from}
      ORDER BY shard, person, seq LIMIT ${PAGE}
      SETTINGS output_format_json_quote_64bit_integers = 0`,
    query_params: params.values,
    format: 'TabSeparatedRaw',
  });
  const text = (await reply.text()).replace(/\n$/, '');
  const lines = text === '' ? 0 : text.split('\n').length;
  if (lines < PAGE) {
    return { text, next: undefined };
  }
  return { text, next: placeOfLine(text.slice(text.lastIndexOf('\n') + 1)) };
}

async function dropTable(log: EventLogReader, table: string): Promise<void> {
  await log.client.command({ query: `DROP TABLE IF EXISTS ${table} SYNC` });
}

async function dropLeftovers(log: EventLogReader, now: EpochMs): Promise<void> {
  const tables = await runQuery(log, {
    sql: `SELECT name FROM system.tables
      WHERE database = currentDatabase() AND startsWith(name, '${NAME}')`,
    params: new SqlParams(),
    row: tableName,
  });
  for (const { name } of tables) {
    const [, madeAt] = /^simulation_(\d{13})_[0-9a-f]{12}$/.exec(name) ?? [];
    if (madeAt !== undefined && Number(madeAt) < now - LEFTOVER_MS) {
      await dropTable(log, name);
    }
  }
}
