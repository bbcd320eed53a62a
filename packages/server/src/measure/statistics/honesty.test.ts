import { expect, test } from 'vitest';
import { proportionSample, relativeLift } from './relative-lift.ts';
import { testSampleRatio } from './sample-ratio.ts';
import { compareProportions, type Proportion } from './two-proportions.ts';

/** Mulberry32: the same seed gives the same run everywhere. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function draw(random: () => number, people: number, rate: number): Proportion {
  let converted = 0;
  for (let person = 0; person < people; person += 1) {
    converted += random() < rate ? 1 : 0;
  }
  return { people, converted };
}

const RUNS = 4_000;
const PLANTED = { holdoutRate: 0.2, treatmentRate: 0.23 };

/** Four standard errors of a share of 5 % over all runs: a right test fails one time in 16,000 seeds. */
const TOLERANCE = 4 * Math.sqrt((0.05 * 0.95) / RUNS);

function runs(seed: number, treatmentRate: number) {
  const random = seeded(seed);
  return Array.from({ length: RUNS }, () => ({
    // 10 % holdout, as campaigns have it by default.
    control: draw(random, 400, PLANTED.holdoutRate),
    treatment: draw(random, 3_600, treatmentRate),
  }));
}

test('without any effect, 5 % of the runs raise a false alarm', () => {
  const alarms = runs(20_260_801, PLANTED.holdoutRate).filter(
    (arms) => compareProportions(arms).pValue < 0.05,
  );
  expect(Math.abs(alarms.length / RUNS - 0.05)).toBeLessThan(TOLERANCE);
});

test('the interval covers a planted difference in 95 % of the runs', () => {
  const planted = PLANTED.treatmentRate - PLANTED.holdoutRate;
  const covered = runs(20_260_802, PLANTED.treatmentRate).filter((arms) => {
    const { interval } = compareProportions(arms);
    return interval.low <= planted && planted <= interval.high;
  });
  expect(Math.abs(covered.length / RUNS - 0.95)).toBeLessThan(TOLERANCE);
});

test('the relative interval covers a planted lift in 95 % of the runs', () => {
  const planted = PLANTED.treatmentRate / PLANTED.holdoutRate - 1;
  const covered = runs(20_260_803, PLANTED.treatmentRate).filter((arms) => {
    const lift = relativeLift({
      control: proportionSample(arms.control),
      treatment: proportionSample(arms.treatment),
    });
    const interval = lift?.interval;
    return interval !== undefined && interval.low <= planted && planted <= interval.high;
  });
  expect(Math.abs(covered.length / RUNS - 0.95)).toBeLessThan(TOLERANCE);
});

test('a planted difference of this size is found in most runs', () => {
  // Power by the normal approximation: z = 0.03 / 0.0213 = 1.41, so 29 %; with ten times the people 99 %.
  const random = seeded(20_260_804);
  const found = Array.from({ length: 200 }, () => ({
    control: draw(random, 4_000, PLANTED.holdoutRate),
    treatment: draw(random, 36_000, PLANTED.treatmentRate),
  })).filter((arms) => compareProportions(arms).pValue < 0.05);
  expect(found.length).toBeGreaterThan(190);
});

test('an honest split is called suspect about once in a thousand', () => {
  const random = seeded(20_260_805);
  const suspects = Array.from({ length: 4_000 }, () => {
    const holdout = draw(random, 2_000, 0.1).converted;
    return testSampleRatio([2_000 - holdout, holdout], [0.9, 0.1]);
  }).filter(({ isSuspect }) => isSuspect);
  expect(suspects.length).toBeLessThan(15);
});
