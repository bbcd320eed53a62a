import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  type ClickHouseFront,
  startClickHouseFront,
} from '../stores/clickhouse/testing/start-clickhouse-front.ts';
import { startPostgres } from '../stores/postgres/testing/start-postgres.ts';
import { buildForTests, removeBuild, runTenth } from './testing/run-tenth.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenth-doctor-'));
const dataDir = join(folder, 'data');
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let clickhouse: ClickHouseFront;

const report = z.strictObject({
  isWell: z.boolean(),
  findings: z.array(
    z.strictObject({
      check: z.string(),
      state: z.enum(['ok', 'warning', 'bad']),
      what: z.string(),
    }),
  ),
});

beforeAll(async () => {
  [, postgres, clickhouse] = await Promise.all([
    buildForTests(),
    startPostgres({ fsync: 'off' }),
    startClickHouseFront(join(folder, 'front')),
  ]);
}, 120_000);
afterAll(async () => {
  await Promise.all([postgres.remove(), clickhouse.stop()]);
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

async function examine(more: Readonly<Record<string, string>> = {}) {
  const run = await runTenth(['doctor', '--json'], { TENTH_DATA_DIR: dataDir, ...more });
  const { code, output } = await run.ended;
  const { isWell, findings } = report.parse(JSON.parse(output));
  expect(code).toBe(isWell ? 0 : 1);
  const stateOf = Object.fromEntries(findings.map(({ check, state }) => [check, state]));
  return { findings, stateOf, bad: findings.filter(({ state }) => state === 'bad') };
}

/** Script and console are not built in this test. */
const BUILD = { check: 'host.build' };

test('beside a server that runs it says how that is, and after it looks into the stores', async () => {
  const running = await runTenth(['demo'], { TENTH_DATA_DIR: dataDir });
  await running.ready();
  const { port } = new URL(running.origin);
  const during = await examine({ TENTH_PORT: port });
  expect(during.bad).toMatchObject([BUILD]);
  expect(during.findings).toContainEqual({
    check: 'server.ready',
    state: 'ok',
    what: `Tenth runs on port ${port}: ready`,
  });
  await running.stop();
  const after = await examine();
  expect(after.bad).toMatchObject([BUILD]);
  expect(after.stateOf).toMatchObject({
    'data_dir.use': 'ok',
    'data_dir.permissions': 'ok',
    'postgres.version': 'ok',
    'postgres.clock': 'ok',
    'postgres.schema': 'ok',
    'outbox.lag': 'ok',
    'sign_in.totp_secrets': 'warning',
    'clickhouse.version': 'ok',
    'clickhouse.clock': 'ok',
    'clickhouse.schema': 'ok',
  });
});

test('a data directory that others can read is a warning that says what to do', async () => {
  chmodSync(dataDir, 0o755);
  const { findings } = await examine();
  expect(findings).toContainEqual({
    check: 'data_dir.permissions',
    state: 'warning',
    what: `other users of this machine get into ${dataDir} (mode 755); run chmod go-rwx on it`,
  });
});

test('of served stores it checks version, clock, schema and rights', async () => {
  const { bad, stateOf, findings } = await examine({
    DATABASE_URL: postgres.url,
    CLICKHOUSE_URL: clickhouse.url,
  });
  expect(bad).toMatchObject([BUILD]);
  expect(stateOf).toMatchObject({
    'postgres.rights': 'ok',
    'postgres.schema': 'ok',
    'clickhouse.rights': 'ok',
    'clickhouse.space': 'ok',
  });
  expect(findings.some(({ what }) => what.includes('the first start makes them'))).toBe(true);
  // Both are served, so nothing is kept here.
  expect(stateOf).not.toHaveProperty(['data_dir.use']);
});

test('stores that are away are named, with what to look at and without a password', async () => {
  const { bad, findings } = await examine({
    DATABASE_URL: 'postgres://tenth:hunter2@127.0.0.1:9/tenth',
    CLICKHOUSE_URL: 'http://tenth:hunter2@127.0.0.1:9/tenth',
  });
  expect(bad).toMatchObject([
    BUILD,
    { check: 'postgres.answer', what: expect.stringMatching(/ECONNREFUSED.*DATABASE_URL/) },
    { check: 'clickhouse.answer', what: expect.stringContaining('CLICKHOUSE_URL') },
  ]);
  expect(JSON.stringify(findings)).not.toContain('hunter2');
});
