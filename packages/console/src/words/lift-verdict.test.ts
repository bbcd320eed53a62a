import type { CampaignReport } from '@tenth/model/report.ts';
import { expect, test } from 'vitest';
import { judgeLift, tellVerdict } from './lift-verdict.ts';

type Judged = Parameters<typeof judgeLift>[0];

function aLift(given: {
  treatment: readonly [people: number, converted: number];
  holdout: readonly [people: number, converted: number];
  interval: readonly [low: number, high: number];
}): NonNullable<CampaignReport['lift']> {
  const arm = ([people, converted]: readonly [number, number]) => ({
    people,
    converted,
    rate: converted / people,
    valueMinor: 0,
  });
  const treatment = arm(given.treatment);
  const holdout = arm(given.holdout);
  return {
    treatment,
    holdout,
    absolute: treatment.rate - holdout.rate,
    absoluteInterval: { low: given.interval[0], high: given.interval[1] },
    relative: null,
    relativeInterval: null,
    pValue: 0.04,
  };
}

const fairSplit: CampaignReport['sampleRatio'] = {
  expectedHoldoutShare: 0.1,
  observedHoldoutShare: 0.1,
  pValue: 0.6,
  isSuspect: false,
};

const clear = aLift({ treatment: [9000, 900], holdout: [1000, 70], interval: [0.013, 0.047] });

test('a suspect split hides even the clearest lift', () => {
  const given: Judged = { lift: clear, sampleRatio: { ...fairSplit, isSuspect: true } };
  expect(judgeLift(given)).toEqual({ kind: 'split-suspect' });
  expect(tellVerdict(judgeLift(given), 'en').tone).toBe('warning');
});

test('an interval above zero is an uplift, told in points', () => {
  const verdict = judgeLift({ lift: clear, sampleRatio: fairSplit });
  expect(verdict.kind).toBe('uplift');
  expect(tellVerdict(verdict, 'en').sentence).toContain('3 points more');
  expect(tellVerdict(verdict, 'ko').sentence).toContain('3%p 높았고');
});

test('an interval below zero is told as harm', () => {
  const lift = aLift({ treatment: [9000, 500], holdout: [1000, 90], interval: [-0.05, -0.01] });
  const verdict = judgeLift({ lift, sampleRatio: fairSplit });
  expect(verdict.kind).toBe('drop');
  expect(tellVerdict(verdict, 'ko').tone).toBe('bad');
});

test('an interval that holds zero is no clear difference', () => {
  const lift = aLift({ treatment: [9000, 900], holdout: [1000, 95], interval: [-0.014, 0.024] });
  expect(judgeLift({ lift, sampleRatio: fairSplit }).kind).toBe('inconclusive');
});

test('few expected conversions in the smaller arm are too early to judge, whatever the interval says', () => {
  const lift = aLift({ treatment: [400, 20], holdout: [40, 0], interval: [0.02, 0.08] });
  expect(judgeLift({ lift, sampleRatio: fairSplit })).toEqual({
    kind: 'too-early',
    smallestArm: 40,
  });
});

test('without a holdout nothing can be measured, which is not the same as too early', () => {
  expect(judgeLift({ lift: null, sampleRatio: fairSplit }).kind).toBe('too-early');
  expect(
    judgeLift({ lift: null, sampleRatio: { ...fairSplit, expectedHoldoutShare: 0 } }).kind,
  ).toBe('no-holdout');
});
