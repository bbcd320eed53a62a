import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { backupManifest } from './backup/manifest.ts';
import {
  API_KEY,
  buildForTests,
  removeBuild,
  runTenth,
  type TenthRun,
  WRITE_KEY,
} from './testing/run-tenth.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenth-backup-'));
const place = (name: string) => join(folder, name);
const PEOPLE = 30;

beforeAll(buildForTests, 60_000);
afterAll(() => {
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

const running: TenthRun[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function run(args: readonly string[], dataDir: string): Promise<TenthRun> {
  const started = await runTenth(args, { TENTH_DATA_DIR: place(dataDir) });
  running.push(started);
  return started;
}
const finish = async (args: readonly string[], dataDir: string) => (await run(args, dataDir)).ended;

async function send(origin: string, batch: readonly object[]): Promise<void> {
  const reply = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, decide: true, batch }),
  });
  expect(reply.status).toBe(200);
}

async function read(origin: string, path: string): Promise<unknown> {
  const reply = await fetch(`${origin}/api/v1${path}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return reply.json();
}

/** Members who look at pages and buy, some of whom came without a name first. */
function visits(): readonly object[] {
  return Array.from({ length: PEOPLE }, (_, n) => [
    { type: 'page', anonymousId: `a${n}`, context: { page: { url: 'https://shop.example/' } } },
    ...(n % 3 === 0 ? [{ type: 'identify', anonymousId: `a${n}`, userId: `u${n}` }] : []),
    {
      type: 'track',
      event: 'Order Completed',
      anonymousId: `a${n}`,
      properties: { order_id: `o${n}`, total: 1_000 * n, currency: 'KRW' },
    },
  ]).flat();
}

/** All that must be the same: people, one person with their events, and reports. */
async function picture({ origin }: TenthRun, period: string): Promise<unknown> {
  return {
    people: await read(origin, '/people?limit=100'),
    person: await read(origin, '/people/userId:u3'),
    events: await read(origin, '/people/userId:u3/events'),
    shop: await read(origin, `/reports/shop?${period}`),
    campaign: await read(origin, `/campaigns/first-visit-portal-fourth-page/report?${period}`),
  };
}

test('what was backed up is there again, restored elsewhere', async () => {
  const first = await run(['demo'], 'first');
  await first.ready();
  await send(first.origin, visits());
  const refused = await finish(['backup', place('copy')], 'first');
  expect(refused.output).toContain(`is in use by process ${first.child.pid}`);
  // Killed with events in the outbox, which the back-up then ships.
  first.child.kill('SIGKILL');
  await first.ended;

  const backedUp = await finish(['backup', place('copy')], 'first');
  expect(backedUp.output).toContain(`${PEOPLE} profiles`);
  expect(backedUp.code).toBe(0);
  const manifest = backupManifest.parse(
    JSON.parse(readFileSync(place('copy/manifest.json'), 'utf8')),
  );
  expect(manifest.counts.profiles).toBe(PEOPLE);
  expect(manifest.counts.events).toBeGreaterThanOrEqual(visits().length);

  const restored = await finish(['restore', place('copy')], 'second');
  expect(restored.output).toContain('restored to');
  expect(restored.code).toBe(0);
  const [original, second] = [await run(['demo'], 'first'), await run(['demo'], 'second')];
  await Promise.all([original.ready(), second.ready()]);
  const [from, to] = [Date.now() - 86_400_000, Date.now()].map((at) => new Date(at).toISOString());
  const period = `from=${from}&to=${to}`;
  const expected = await picture(original, period);
  expect(JSON.stringify(expected)).toContain('"revenue');
  expect(JSON.stringify(expected)).toContain('u27');
  expect(await picture(second, period)).toEqual(expected);
  // And it goes on from there.
  await send(second.origin, [{ type: 'page', anonymousId: 'a3' }]);
}, 300_000);

const isOpenToOthers = (path: string) => (statSync(path).mode & 0o077) !== 0;
/** PGlite gives its files the rights it likes: its folder is what closes them. */
const foldersOf = (dataDir: string) =>
  ['', 'clickhouse', 'postgres'].map((name) => join(place(dataDir), name));

test('only its owner reads what is stored, and what was backed up', () => {
  expect([...foldersOf('first'), ...foldersOf('second')].filter(isOpenToOthers)).toEqual([]);
  for (const folder of [place('first/clickhouse'), place('copy')]) {
    const below = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(below.map((path) => join(folder, path)).filter(isOpenToOthers)).toEqual([]);
  }
  expect(isOpenToOthers(place('copy'))).toBe(false);
});

test('a data directory that others could read is closed by the next start, which says so', async () => {
  for (const path of foldersOf('first')) {
    chmodSync(path, 0o755);
  }
  const again = await run(['demo'], 'first');
  await again.ready();
  expect(foldersOf('first').filter(isOpenToOthers)).toEqual([]);
  const { output } = await again.stop();
  expect(output).toContain('process.data_dir.tightened');
}, 60_000);

test('nothing is overwritten: neither a back-up nor data', async () => {
  const again = await finish(['backup', place('copy')], 'first');
  expect(again.code).toBe(1);
  expect(again.output).toContain('is not empty: give a new folder for each back-up');
  const onto = await finish(['restore', place('copy')], 'first');
  expect(onto.code).toBe(1);
  expect(onto.output).toContain('is not empty: set --data-dir to a new folder');
  const nothing = await finish(['backup', place('of-nothing')], 'never-used');
  expect(nothing.output).toContain('holds nothing to back up');
});

test('a back-up that is damaged, cut off or made up is refused', async () => {
  const path = place('copy/manifest.json');
  const manifest = readFileSync(path, 'utf8');
  appendFileSync(place('copy/postgres/PG_VERSION'), ' ');
  const damaged = await finish(['restore', place('copy')], 'third');
  expect(damaged.output).toContain('PG_VERSION is not what was backed up');
  expect(existsSync(place('third/postgres'))).toBe(false);
  writeFileSync(path, manifest.replace('"path": "postgres/PG_VERSION"', '"path": "../PG_VERSION"'));
  const elsewhere = await finish(['restore', place('copy')], 'third');
  expect(elsewhere.output).toContain('lies outside the back-up');
  rmSync(path);
  const cutOff = await finish(['restore', place('copy')], 'third');
  expect(cutOff.output).toContain('there is no manifest.json');
  expect([damaged.code, elsewhere.code, cutOff.code]).toEqual([1, 1, 1]);
});
