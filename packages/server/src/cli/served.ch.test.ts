import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type ClickHouseFront,
  startClickHouseFront,
} from '../stores/clickhouse/testing/start-clickhouse-front.ts';
import { type PostgresServer, startPostgres } from '../stores/postgres/testing/start-postgres.ts';
import { API_KEY, buildForTests, removeBuild, runTenth, WRITE_KEY } from './testing/run-tenth.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenth-served-test-'));
const embedded = { TENTH_DATA_DIR: join(folder, 'data') };

let server: PostgresServer;
let front: ClickHouseFront;

beforeAll(async () => {
  server = await startPostgres({ fsync: 'off' });
  front = await startClickHouseFront(join(folder, 'front'));
  await buildForTests();
});
afterAll(async () => {
  removeBuild();
  await front.stop();
  await server.remove();
  rmSync(folder, { recursive: true, force: true });
});

async function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const started = await runTenth(args, environment);
  return started.ended;
}

/** A database of its own in each of the stores. */
async function servedBy(name: string): Promise<Record<'DATABASE_URL' | 'CLICKHOUSE_URL', string>> {
  await query(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { DATABASE_URL: url.href, CLICKHOUSE_URL: `${front.url}/${name}` };
}

async function query(url: string, statement: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}

test('migrate says what it did; of two at once one does it; a newer schema is refused', async () => {
  const served = await servedBy('migrated');
  const both = await Promise.all([run(['migrate'], served), run(['migrate'], served)]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const lines = both.flatMap(({ output }) => output.split('\n'));
  // Whichever it was for each store.
  for (const store of ['PostgreSQL', 'ClickHouse']) {
    expect(lines.filter((line) => line === `${store} was up to date.`)).toHaveLength(1);
    expect(lines.filter((line) => line === `${store} was migrated:`)).toHaveLength(1);
  }
  expect(lines.filter((line) => line === '  0001 first-tables')).toHaveLength(1);
  expect(lines.filter((line) => line === '  0001 events')).toHaveLength(1);

  await query(served.DATABASE_URL, "insert into schema_versions values (9000, 'later', 0)");
  const refused = await run(['start'], served);
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('PostgreSQL has schema 9000 (later)');
  expect(refused.output).toContain('start a newer version');
});

test('an embedded installation moves to served stores and goes on there', async () => {
  const before = await runTenth(['demo'], embedded);
  await before.ready();
  await send(before.origin, 20);
  expect((await before.stop()).code).toBe(0);

  const served = await servedBy('moved');
  const target = [
    'move',
    '--to-database-url',
    served.DATABASE_URL,
    '--to-clickhouse-url',
    served.CLICKHOUSE_URL,
  ];
  const moved = await run(target, embedded);
  expect(moved.output).toContain('Everything has arrived.');
  expect(moved.output).toMatch(/PostgreSQL profiles: [1-9]/);
  expect(moved.output).toMatch(/ClickHouse events: [1-9]/);
  expect(moved.code).toBe(0);

  const again = await run(target, embedded);
  expect(again).toMatchObject({ code: 1, output: expect.stringContaining('holds rows in') });
  const confused = await run(target, { ...embedded, ...served });
  expect(confused.output).toContain('unset DATABASE_URL and CLICKHOUSE_URL');

  const after = await runTenth(['start'], { TENTH_DATA_DIR: join(folder, 'none'), ...served });
  await after.ready();
  // The same messages again: people moved with what they have seen, so that nothing counts twice.
  await send(after.origin, 25);
  const person = await read(after.origin, '/people/userId:u1');
  expect(person).toMatchObject({ userId: 'u1' });
  await after.stop();
  const found = await fetch(
    `${served.CLICKHOUSE_URL.replace('/moved', '')}/?database=moved&query=${encodeURIComponent("SELECT count(), uniqExact(message_id), uniqExact(seq) FROM events WHERE message_id LIKE 'moving-%' FORMAT TabSeparated")}`,
  );
  expect(await found.text()).toBe('25\t25\t25\n');
});

async function send(origin: string, messages: number): Promise<void> {
  const batch = Array.from({ length: messages }, (_, n) => ({
    type: 'track',
    event: 'Product Viewed',
    userId: `u${n % 3}`,
    messageId: `moving-${n}`,
    properties: { product_id: `p${n}` },
  }));
  const reply = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, batch }),
  });
  expect(await reply.json()).toEqual({ success: true });
}

async function read(origin: string, path: string): Promise<unknown> {
  const reply = await fetch(`${origin}/api/v1${path}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return reply.json();
}
