import { expect, test } from 'vitest';
import { afterWorkerEnd } from './worker-restarts.ts';

test('a worker that had settled is started again at once', () => {
  expect(afterWorkerEnd({ startedAt: 0, quickEnds: 4 }, 10_000)).toEqual({
    delayMs: 0,
    quickEnds: 0,
  });
});

test('one that ends soon after each start is waited for, twice as long each time up to half a minute', () => {
  const delays: number[] = [];
  let quickEnds = 0;
  for (let times = 0; times < 7; times += 1) {
    const next = afterWorkerEnd({ startedAt: 0, quickEnds }, 500);
    delays.push(next.delayMs);
    quickEnds = next.quickEnds;
  }
  expect(delays).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});
