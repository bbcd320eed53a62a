import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeldElsewhere } from './data-dir-lock.ts';
import { lockOnceLeft } from './lock-once-left.ts';

let dataDir: string;
let elapsed: number;
const onWaiting = vi.fn(async () => {});

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tenth-wait-'));
  elapsed = 0;
  onWaiting.mockClear();
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const lockFile = () => join(dataDir, 'tenth.lock');
const touchAt = (atMs: number) => utimesSync(lockFile(), atMs / 1_000, atMs / 1_000);

/** Held by the first process of another container. */
function forge(touchedAtMs: number): void {
  writeFileSync(lockFile(), JSON.stringify({ pid: 1, startedAt: 'x', host: 'elsewhere' }));
  touchAt(touchedAtMs);
}

/** Every look at the clock takes five seconds. */
const start = (beforeLook: () => void = () => {}) =>
  lockOnceLeft(dataDir, {
    onWaiting,
    askEveryMs: 1,
    elapsedMs: () => {
      elapsed += 5_000;
      beforeLook();
      return elapsed;
    },
  });

test('a directory that nobody uses is locked without a wait', async () => {
  (await start()).release();
  forge(Date.now() - 30_000);
  (await start()).release();
  expect(onWaiting).not.toHaveBeenCalled();
});

test.each([
  ['of a process killed just now', 0],
  ['whose time lies ahead, by a clock that was set back', 3_600_000],
])('a lock %s is taken over after it was watched for 20 seconds', async (_name, aheadMs) => {
  forge(Date.now() + aheadMs);
  const lock = await start();
  expect(elapsed).toBeGreaterThanOrEqual(25_000);
  expect(onWaiting).toHaveBeenCalledTimes(1);
  expect(readFileSync(lockFile(), 'utf8')).toContain(`"pid":${process.pid}`);
  lock.release();
});

test('a lock that its holder touches meanwhile is refused', async () => {
  forge(Date.now());
  const refused = start(() => touchAt(Date.now() + elapsed));
  await expect(refused).rejects.toThrow(HeldElsewhere);
  expect(elapsed).toBeLessThan(20_000);
});

test('a lock that is released meanwhile is free at once', async () => {
  forge(Date.now());
  const lock = await start(() => rmSync(lockFile(), { force: true }));
  expect(elapsed).toBeLessThan(20_000);
  lock.release();
});
