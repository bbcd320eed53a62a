import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeAhead, readAhead } from './read-ahead.ts';

/** Counts up, and tells what has been asked of it. */
function aSource(length: number) {
  const asked: number[] = [];
  async function* count() {
    for (let item = 1; item <= length; item += 1) {
      asked.push(item);
      await setImmediate();
      yield item;
    }
  }
  return { asked, items: count() };
}

test('while one is worked on, the next is read, and no more', async () => {
  const { asked, items } = aSource(4);
  const seen: (readonly [number, number])[] = [];
  for await (const item of readAhead(items)) {
    for (let turn = 0; turn < 5; turn += 1) {
      await setImmediate();
    }
    seen.push([item, asked.length]);
  }
  expect(seen).toEqual([
    [1, 2],
    [2, 3],
    [3, 4],
    [4, 4],
  ]);
});

test('what is made ahead comes in the order of the items', async () => {
  const made: number[] = [];
  const slowFirst = async (item: number) => {
    for (let turn = item; turn < 6; turn += 1) {
      await setImmediate();
    }
    made.push(item);
    return item * 10;
  };
  const got: number[] = [];
  for await (const item of makeAhead(aSource(5).items, slowFirst, 2)) {
    got.push(item);
  }
  expect(got).toEqual([10, 20, 30, 40, 50]);
  expect(made).toHaveLength(5);
});

test('a failure comes at its place, and nothing is under way any more then', async () => {
  let underWay = 0;
  const failing = async (item: number) => {
    underWay += 1;
    await setImmediate();
    underWay -= 1;
    if (item === 2) {
      throw new Error('unreadable');
    }
    return item;
  };
  const got: number[] = [];
  const read = async () => {
    for await (const item of makeAhead(readAhead(aSource(9).items), failing, 2)) {
      got.push(item);
    }
  };
  await expect(read()).rejects.toThrow('unreadable');
  expect(got).toEqual([1]);
  expect(underWay).toBe(0);
});
