import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ClickHouseFront, startClickHouseFront } from './start-clickhouse-front.ts';

let dataDir: string;
let front: ClickHouseFront;
const clients: ReturnType<typeof createClient>[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tenth-front-'));
  front = await startClickHouseFront(dataDir);
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await front.stop();
  await rm(dataDir, { recursive: true, force: true });
});

function connect(options: NonNullable<Parameters<typeof createClient>[0]> = {}) {
  const client = createClient({
    url: front.url,
    log: { level: ClickHouseLogLevel.OFF },
    ...options,
  });
  clients.push(client);
  return client;
}

async function ask<Row>(
  client: ReturnType<typeof createClient>,
  query: string,
  query_params: Record<string, unknown> = {},
): Promise<Row[]> {
  const reply = await client.query({ query, query_params, format: 'JSONEachRow' });
  return reply.json<Row>();
}

test('values reach the engine as they are, by the address and by a form', async () => {
  const values = {
    text: 'tab\t line\n quote\' back\\slash "한국" 😀 {x:String} ; --',
    texts: ["it's", 'a\\b', '', 'x\ty', '김'],
    big: '18446744073709551615',
    yes: true,
    half: 0.5,
  };
  const query = `SELECT {text:String} AS text, {texts:Array(String)} AS texts,
    toString({big:UInt64}) AS big, {yes:Bool} AS yes, {half:Float64} AS half`;
  const wanted = [values];
  expect(await ask(connect(), query, values)).toEqual(wanted);
  expect(await ask(connect({ use_multipart_params: true }), query, values)).toEqual(wanted);
});

test('a list too long for most servers’ addresses is taken', async () => {
  const ids = Array.from({ length: 20_000 }, (_, at) => `person-${at}`);
  const [row] = await ask<{ found: number }>(
    connect(),
    'SELECT toUInt32(length({ids:Array(String)})) AS found',
    { ids },
  );
  expect(row?.found).toBe(ids.length);
});

test('a refusal carries the engine’s code and text', async () => {
  const failure = await connect()
    .command({ query: 'SELECT * FROM no_such_table' })
    .catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(ClickHouseError);
  expect(failure).toMatchObject({ code: '60', type: 'UNKNOWN_TABLE' });
  const raw = await fetch(`${front.url}/?query=SELECT+nothing+FROM`);
  expect(raw.status).toBe(400);
  expect(raw.headers.get('x-clickhouse-exception-code')).toBe('62');
});

test('requests do not see each other’s parameters, settings or database', async () => {
  const client = connect();
  const rows = await Promise.all(
    Array.from({ length: 60 }, (_, at) =>
      ask<{ at: number }>(client, 'SELECT {at:UInt32} AS at, sum(number) FROM numbers(100000)', {
        at,
      }),
    ),
  );
  expect(rows.map(([row]) => row?.at)).toEqual(Array.from({ length: 60 }, (_, at) => at));
  await client.command({ query: 'SELECT 1', clickhouse_settings: { max_threads: 1 } });
  await client.command({ query: 'CREATE DATABASE IF NOT EXISTS other' });
  expect(await ask(connect({ database: 'other' }), 'SELECT currentDatabase() AS name')).toEqual([
    { name: 'other' },
  ]);
  expect(
    await ask(
      client,
      "SELECT currentDatabase() AS name, getSetting('max_threads') > 1 OR 1 = {cores:UInt8} AS free",
      { cores: 1 },
    ),
  ).toEqual([{ name: 'default', free: 1 }]);
  await expect(ask(client, 'SELECT {at:UInt32} AS at')).rejects.toMatchObject({ code: '456' });
});

test('rows go in and out compressed, and outlive a killed server', async () => {
  const options = { compression: { request: true, response: true } };
  const client = connect(options);
  await client.command({
    query: 'CREATE TABLE kept (n UInt64, name String) ENGINE = MergeTree ORDER BY n',
  });
  const names = Array.from({ length: 5_000 }, (_, n) => `${n};'한국'`);
  await client.command({
    query: `INSERT INTO kept (n, name) FORMAT TabSeparated\n${names.map((name, n) => `${n}\t${name.replaceAll("'", "\\'")}`).join('\n')}`,
  });
  await client.insert({
    table: 'kept',
    values: [{ n: 5_000, name: 'last' }],
    format: 'JSONEachRow',
  });
  const { port } = new URL(front.url);
  await front.stop('SIGKILL');
  await expect(client.ping()).resolves.toMatchObject({ success: false });
  front = await startClickHouseFront(dataDir, Number(port));
  await expect(client.ping()).resolves.toEqual({ success: true });
  const rows = await ask<{ name: string }>(connect(options), 'SELECT name FROM kept ORDER BY n');
  expect(rows.map(({ name }) => name)).toEqual([...names, 'last']);
});
