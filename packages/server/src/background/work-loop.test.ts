import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkLoop } from './work-loop.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

/** Turns that tell how long to rest, one after the other; the last one's rest stands for all after it. */
function aLoop(...rests: readonly (number | Error)[]) {
  const failures: unknown[] = [];
  let turns = 0;
  const loop = new WorkLoop({
    restAfterFailureMs: 500,
    onFailed: (error) => failures.push(error),
    async turn() {
      const rest = rests[Math.min(turns, rests.length - 1)] ?? 1_000;
      turns += 1;
      if (rest instanceof Error) {
        throw rest;
      }
      return rest;
    },
  });
  return { loop, failures, turns: () => turns };
}

test('goes on at once where there is more, and rests as it was told', async () => {
  const { loop, turns } = aLoop(0, 0, 1_000);
  loop.start();
  await vi.advanceTimersByTimeAsync(999);
  expect(turns()).toBe(3);
  await vi.advanceTimersByTimeAsync(1);
  expect(turns()).toBe(4);
  await loop.stop();
});

test('a turn that fails is told of, and tried again after a rest', async () => {
  const { loop, failures, turns } = aLoop(new Error('away'), 1_000);
  loop.start();
  await vi.advanceTimersByTimeAsync(500);
  expect(turns()).toBe(2);
  expect(failures).toEqual([new Error('away')]);
  await loop.stop();
});

test('woken, it does not rest; not even where it was woken during a turn', async () => {
  const { loop, turns } = aLoop(1_000);
  loop.start();
  loop.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(turns()).toBe(2);
  loop.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(turns()).toBe(3);
  await loop.stop();
});

test('stopped while it rests, it ends at once, and may be started again', async () => {
  const { loop, turns } = aLoop(60_000);
  loop.start();
  await vi.advanceTimersByTimeAsync(0);
  await loop.stop();
  expect(turns()).toBe(1);
  loop.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(turns()).toBe(2);
  await loop.stop();
});
