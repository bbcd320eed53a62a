import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { StoreAway, tellingStoreAway } from '../store-away.ts';
import { type ClickHouseConnection, connectClickHouse, type Patience } from './connect.ts';
import { migrateClickHouse } from './migrate.ts';
import type { Migration } from './migration.ts';
import { type ClickHouseFront, startClickHouseFront } from './testing/start-clickhouse-front.ts';

let dataDir: string;
let front: ClickHouseFront;
const opened: ClickHouseConnection[] = [];

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tenth-migration-'));
  front = await startClickHouseFront(dataDir);
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await front.stop();
  await rm(dataDir, { recursive: true, force: true });
});

/** The ten minutes and the day of a server, small. */
const impatient: Patience = { longestMs: 400 };
const patient: Patience = { longestMs: 30_000, progressEveryMs: 100 };

async function connect(database: string, patience: Patience): Promise<ClickHouseConnection> {
  const url = new URL(database, front.url).href;
  const connection = await connectClickHouse({ kind: 'served', url }, patience);
  opened.push(connection);
  return connection;
}

/** Takes a second and a half; a row tells when it began, in µs. */
const slowFill: Migration = {
  version: 1,
  name: 'slow_fill',
  statements: [
    'CREATE TABLE IF NOT EXISTS filled (begun_us Int64) ENGINE = MergeTree ORDER BY begun_us',
    `
    INSERT INTO filled SELECT toUnixTimestamp64Micro(now64(6)) FROM numbers(3) WHERE sleepEachRow(0.5) = 0`,
  ],
};
const FILL_US = 1_400_000;

const filledRow = z.object({ begun: z.coerce.number() });

async function beginnings({ client }: ClickHouseConnection): Promise<readonly number[]> {
  const reply = await client.query({
    query: 'SELECT DISTINCT toString(begun_us) AS begun FROM filled ORDER BY begun_us',
    format: 'JSONEachRow',
  });
  return z
    .array(filledRow)
    .parse(await reply.json())
    .map(({ begun }) => begun);
}

test('a migration goes through that takes longer than a question may', async () => {
  const log = await connect('tenth_test_long', patient);
  expect(await migrateClickHouse(log, [slowFill])).toEqual([slowFill]);
  expect(await beginnings(log)).toHaveLength(1);
  expect(await migrateClickHouse(log, [slowFill])).toEqual([]);
});

test('one that takes too long is no log that is away, and is not begun beside itself', async () => {
  const hasty = await connect('tenth_test_hasty', impatient);
  const failure = await tellingStoreAway('event_log', () =>
    migrateClickHouse(hasty, [slowFill]),
  ).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect(failure).not.toBeInstanceOf(StoreAway);
  expect(String(failure)).toContain('Migration 1 (slow_fill) of ClickHouse took longer');
  expect(String(failure)).toContain('run tenth migrate again');

  const again = await connect('tenth_test_hasty', patient);
  await migrateClickHouse(again, [slowFill]);
  const [first = 0, second = 0, ...more] = await beginnings(again);
  expect(more).toEqual([]);
  expect(second - first).toBeGreaterThan(FILL_US);
});
