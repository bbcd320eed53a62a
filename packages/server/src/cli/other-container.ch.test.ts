import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@tenth/model/api.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  API_KEY,
  buildForTests,
  removeBuild,
  runTenth,
  type TenthRun,
  WRITE_KEY,
} from './testing/run-tenth.ts';

/** What a container does to process numbers: each command is number 1 of a namespace of its own. */
const CONTAINER = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child'];
const canUnshare = spawnSync('unshare', [...CONTAINER.slice(1), 'true']).status === 0;

const folder = mkdtempSync(join(tmpdir(), 'tenth-container-'));
const dataDir = join(folder, 'data');
const running: TenthRun[] = [];

beforeAll(buildForTests, 60_000);
afterEach(async () => {
  await Promise.all(running.splice(0).map(kill));
});
afterAll(() => {
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

async function run(...args: readonly string[]): Promise<TenthRun> {
  const started = await runTenth(args, { TENTH_DATA_DIR: dataDir }, CONTAINER);
  running.push(started);
  return started;
}
const finish = async (...args: readonly string[]) => (await run(...args)).ended;

async function kill({ child, ended }: TenthRun): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

async function identify(origin: string, userId: string): Promise<void> {
  const reply = await fetch(`${origin}/v1/identify`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, anonymousId: `a-${userId}`, userId }),
  });
  expect(reply.status).toBe(200);
}

async function peopleOf({ origin }: TenthRun): Promise<number> {
  const reply = await fetch(`${origin}${routes.listPeople.path}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return routes.listPeople.reply.parse(await reply.json()).people.length;
}

test('two containers never use one data directory, and a killed one comes up by itself', async ({
  skip,
}) => {
  skip(!canUnshare, 'making a PID namespace takes root on Linux');
  const first = await run('demo');
  await first.ready();
  await identify(first.origin, 'u1');

  const refused = await finish('backup', join(folder, 'copy'));
  expect(refused.output).toMatch(/is in use by process 1 of .*, another container or machine/);
  const examined = await finish('doctor');
  expect(examined.output).toContain('is in use by process 1 of');
  const beside = await finish('demo');
  expect(beside.output).toContain('process.start.waiting');
  expect(beside.output).toContain('is in use by process 1 of');
  expect([refused.code, examined.code, beside.code]).toEqual([1, 1, 1]);

  await identify(first.origin, 'u2');
  await kill(first);
  const killedAt = Date.now();
  const second = await run('demo');
  await second.ready();
  expect(Date.now() - killedAt).toBeLessThan(40_000);
  expect(await peopleOf(second)).toBe(2);

  // Even where the lock is lost, the second process does not get as far as PostgreSQL's files.
  rmSync(join(dataDir, 'tenth.lock'));
  const guarded = await finish('backup', join(folder, 'copy'));
  expect(guarded.output).toContain('another process may be using it');
  expect(guarded.code).toBe(1);
  await identify(second.origin, 'u3');
  await kill(second);
  const third = await run('demo');
  await third.ready();
  expect(await peopleOf(third)).toBe(3);
}, 300_000);
