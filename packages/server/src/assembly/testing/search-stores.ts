import type { ClickHouseClient } from '@clickhouse/client';
import { z } from 'zod';
import { MemberSet } from '../../lists/member-set.ts';
import { unpackBody } from '../../ship/outbox-body.ts';
import type { PostgresConnection } from '../../stores/postgres/connection.ts';

/** What to look for of somebody. */
export interface Wanted {
  /** As parts of any text, in any column, compressed bodies included. */
  readonly texts: readonly string[];
  /** Where lists and other tables have only hashes of them. */
  readonly members: readonly string[];
  readonly profileIds: readonly string[];
}

/** Tables, each as `store.table`, with a row that has something of what was looked for. */
export type FoundIn = readonly string[];

/** Looks through every column of every table of both stores. */
export async function searchStores(
  postgres: PostgresConnection,
  clickhouse: ClickHouseClient,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<ReadonlyMap<string, FoundIn>> {
  const found = new Map<string, Set<string>>([...wanted.keys()].map((name) => [name, new Set()]));
  const look = (place: string, text: string) => {
    for (const [name, { texts, profileIds }] of wanted) {
      if ([...texts, ...profileIds].some((one) => text.includes(one))) {
        found.get(name)?.add(place);
      }
    }
  };
  await searchPostgres(postgres, look, (place, members) => {
    for (const [name, { members: names }] of wanted) {
      if (names.some((one) => members.has(one))) {
        found.get(name)?.add(place);
      }
    }
  });
  await searchClickHouse(clickhouse, look);
  for (const [name, one] of wanted) {
    for (const place of await searchHashes(clickhouse, one)) {
      found.get(name)?.add(place);
    }
  }
  return new Map([...found].map(([name, places]) => [name, [...places].sort()]));
}

async function searchPostgres(
  connection: PostgresConnection,
  look: (place: string, text: string) => void,
  lookInMembers: (place: string, members: MemberSet) => void,
): Promise<void> {
  const tables = await connection.read<{ readonly name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
    [],
  );
  for (const { name } of tables) {
    const rows = await connection.read<{ readonly row: string }>(
      `select (t.*)::text as row from ${name} t`,
      [],
    );
    for (const { row } of rows) {
      look(`operational.${name}`, row);
    }
  }
  const bodies = await connection.read<{ readonly body: Uint8Array }>(
    'select body from outbox',
    [],
  );
  for (const { body } of bodies) {
    look('operational.outbox', await unpackBody(body));
  }
  const chunks = await connection.read<{ readonly members: Uint8Array }>(
    'select members from list_members',
    [],
  );
  for (const { members } of chunks) {
    const hashes = new BigUint64Array(members.length / BigUint64Array.BYTES_PER_ELEMENT);
    new Uint8Array(hashes.buffer).set(members);
    lookInMembers('operational.list_members', new MemberSet(hashes));
  }
}

const nameRow = z.object({ name: z.string() });
const columnRow = z.object({ table: z.string(), column: z.string() });

async function ask<Row>(
  client: ClickHouseClient,
  row: z.ZodType<Row>,
  query: string,
  query_params: Readonly<Record<string, unknown>> = {},
): Promise<readonly Row[]> {
  const reply = await client.query({ query, query_params, format: 'JSONEachRow' });
  return z.array(row).parse(await reply.json());
}

async function searchClickHouse(
  client: ClickHouseClient,
  look: (place: string, text: string) => void,
): Promise<void> {
  const tables = await ask(
    client,
    nameRow,
    "SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree'",
  );
  for (const { name } of tables) {
    const rows = await client.query({
      query: 'SELECT * FROM {name:Identifier}',
      query_params: { name },
      format: 'JSONEachRow',
    });
    look(`event_log.${name}`, await rows.text());
  }
  const mutations = await client.query({
    query: 'SELECT command FROM system.mutations',
    format: 'JSONEachRow',
  });
  look('event_log.mutations', await mutations.text());
}

async function searchHashes(
  client: ClickHouseClient,
  { members, profileIds }: Wanted,
): Promise<readonly string[]> {
  const columns = await ask(
    client,
    columnRow,
    `SELECT table, name AS column FROM system.columns
    WHERE database = currentDatabase() AND name IN ('profile_hash', 'person_hash', 'member')`,
  );
  const places: string[] = [];
  for (const { table, column } of columns) {
    const hash = column === 'member' ? 'sipHash64' : 'cityHash64';
    const rows = await ask(
      client,
      nameRow,
      `SELECT {table:String} AS name FROM {table:Identifier}
      WHERE {column:Identifier} IN (SELECT ${hash}(arrayJoin({names:Array(String)}))) LIMIT 1`,
      { table, column, names: column === 'member' ? members : profileIds },
    );
    places.push(...rows.map(({ name }) => `event_log.${name}`));
  }
  return places;
}
