import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ChangeWatch } from './change-watch.ts';
import type { ChangedThing, ChangeFeed } from './ports.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A feed that tells what the test says. */
function aFeed() {
  let tell = (_thing: ChangedThing) => {};
  let gap = () => {};
  const feed: ChangeFeed = {
    start(onChange, onGap) {
      tell = onChange;
      gap = onGap;
    },
    async stop() {},
  };
  return { feed, tell: (thing: ChangedThing) => tell(thing), gap: () => gap() };
}

test('what is told is taken over at once; plans and suppressions are asked for when nobody tells', async () => {
  const { feed, tell, gap } = aFeed();
  const taken: ChangedThing[] = [];
  const take = {
    plans: () => void taken.push('plans'),
    keys: () => void taken.push('keys'),
    suppressions: () => void taken.push('suppressions'),
  };
  const watch = new ChangeWatch({ feed, take });
  watch.start();
  tell('keys');
  await vi.advanceTimersByTimeAsync(0);
  expect(taken).toEqual(['keys']);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(taken).toEqual(['keys', 'plans', 'suppressions']);
  gap();
  await vi.advanceTimersByTimeAsync(0);
  expect(taken.slice(3)).toEqual(['plans', 'keys', 'suppressions']);
  await watch.stop();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(taken).toHaveLength(6);
});

test('told of more while it takes over, it looks once more; a failure is told and tried again', async () => {
  const { feed, tell } = aFeed();
  const failures: unknown[] = [];
  let asked = 0;
  const plans = async () => {
    asked += 1;
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (asked === 1) {
      throw new Error('away');
    }
  };
  const watch = new ChangeWatch({
    feed,
    take: { plans, keys: () => {}, suppressions: () => {} },
    onFailed: (error) => failures.push(error),
  });
  watch.start();
  tell('plans');
  await vi.advanceTimersByTimeAsync(50);
  tell('plans');
  tell('plans');
  await vi.advanceTimersByTimeAsync(250);
  expect(asked).toBe(2);
  expect(failures).toHaveLength(1);
  await watch.stop();
});
