import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Figures } from './ports.ts';
import { workOutCuts } from './work-out-cuts.ts';

/** As ClickHouse's quantileExact. */
function figuresOf(given: readonly number[]): Figures {
  const sorted = [...given].sort((left, right) => left - right);
  return {
    quantiles: (shares) =>
      sorted.length === 0
        ? []
        : shares.map(
            (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0,
          ),
  };
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const times = (count: number, value: number) => Array<number>(count).fill(value);
const QUARTERS = [0.25, 0.25, 0.25, 0.25];

test('without ties, the cuts are the quantiles', () => {
  expect(workOutCuts([0.2, 0.3, 0.5], figuresOf(upTo(1_000)))).toEqual([
    { below: 200, reached: 0.2 },
    { below: 500, reached: 0.3 },
    { below: undefined, reached: 0.5 },
  ]);
});

test('shares that do not sum to 1 are scaled', () => {
  const cuts = workOutCuts([0.5, 0.5, 1], figuresOf(upTo(1_000)));
  expect(cuts?.map(({ below }) => below)).toEqual([250, 500, undefined]);
});

test('a share finer than half a percent is met', () => {
  const cuts = workOutCuts([0.999, 0.001], figuresOf(upTo(10_000)));
  expect(cuts?.[0]).toEqual({ below: 9_990, reached: 0.999 });
});

test('of many who share a figure, all are in one level, and the rest is shared out alike', () => {
  const cuts = workOutCuts(QUARTERS, figuresOf([...times(600, 0), ...upTo(400).map((n) => n + 1)]));
  expect(cuts?.[0]?.below).toBeLessThanOrEqual(3);
  expect(cuts?.[0]?.reached).toBeCloseTo(0.6, 1);
  for (const { reached } of cuts?.slice(1) ?? []) {
    expect(reached).toBeCloseTo(0.4 / 3, 1);
  }
});

test('ties at the top are parted from what is below', () => {
  const cuts = workOutCuts([0.5, 0.5], figuresOf([...upTo(40), ...times(60, 100)]));
  expect(cuts).toEqual([
    { below: 100, reached: 0.4 },
    { below: undefined, reached: 0.6 },
  ]);
});

test('where there are fewer figures than levels, some levels reach nobody and say so', () => {
  const cuts = workOutCuts(QUARTERS, figuresOf([...times(50, 0), ...times(50, 8)]));
  const reached = cuts?.map((cut) => cut.reached) ?? [];
  expect(reached.filter((share) => share === 0)).toHaveLength(2);
  expect(reached.filter((share) => share === 0.5)).toHaveLength(2);
  const below = cuts?.flatMap((cut) => cut.below ?? []) ?? [];
  expect(below).toEqual([...new Set(below)].sort((left, right) => left - right));
});

test('where all have the same figure, they are in the first level', () => {
  expect(workOutCuts([0.3, 0.3, 0.4], figuresOf(times(10, 5)))).toEqual([
    { below: 6, reached: 1 },
    { below: 7, reached: 0 },
    { below: undefined, reached: 0 },
  ]);
});

test('where nobody has a figure, there are no cuts', () => {
  expect(workOutCuts([0.5, 0.5], figuresOf([]))).toBeUndefined();
  const unknown = { quantiles: (shares: readonly number[]) => shares.map(() => Number.NaN) };
  expect(workOutCuts([0.5, 0.5], unknown)).toBeUndefined();
});

test('cuts ascend strictly, and levels hold the people that they say', () => {
  const figure = fc.oneof(
    fc.integer({ min: -3, max: 3 }),
    fc
      .integer({ min: -10_000_000_000_000, max: 10_000_000_000_000 })
      .map((steps) => steps / 10_000),
  );
  const share = fc.double({ min: 0.01, max: 1, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(figure, { minLength: 1, maxLength: 150 }),
      fc.array(share, { minLength: 2, maxLength: 12 }),
      (given, shares) => {
        const cuts = workOutCuts(shares, figuresOf(given)) ?? [];
        expect(cuts).toHaveLength(shares.length);
        expect(cuts.at(-1)?.below).toBeUndefined();
        const counts = cuts.map(() => 0);
        for (const value of given) {
          const level = cuts.findIndex(({ below }) => below === undefined || value < below);
          counts[level] = (counts[level] ?? 0) + 1;
        }
        for (const [level, { below, reached }] of cuts.entries()) {
          const before = cuts[level - 1]?.below;
          expect(below === undefined || before === undefined || below > before).toBe(true);
          expect((counts[level] ?? 0) / given.length).toBeCloseTo(reached, 1);
        }
        const occupied = counts.filter((count) => count > 0).length;
        expect(occupied).toBe(Math.min(new Set(given).size, shares.length));
      },
    ),
    { numRuns: 300, endOnFailure: true },
  );
});
