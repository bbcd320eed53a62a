import { type Campaign, type CampaignInput, campaign } from '@tenth/model/campaign.ts';
import { expect, test } from 'vitest';
import type { DrawCell } from './count-draws.ts';
import { expectedHoldoutShare } from './expected-holdout-share.ts';

function aCampaign(weights: readonly number[], holdoutShare: number): Campaign {
  const input = {
    id: 'hero',
    name: { en: 'Hero' },
    trigger: { kind: 'exit_intent' },
    format: { kind: 'modal' },
    variants: weights.map((weight, index) => ({ id: `v${index}`, weight, content: {} })),
    goal: { event: { type: 'track', name: 'Order Completed' } },
    holdoutShare,
  };
  // The schema brands the ids that the input type asks for.
  return campaign.parse(input as unknown as CampaignInput);
}

function drawn(cell: Partial<DrawCell>): DrawCell {
  return {
    planVersion: 1,
    arm: 'treatment',
    variantId: 'v0',
    probability: 0.9,
    people: 1,
    ...cell,
  };
}

test('the share logged by the withheld is the share of all drawn under that plan', () => {
  const cells = [
    drawn({ probability: 0.6, people: 60 }),
    drawn({ variantId: 'v1', probability: 0.3, people: 30 }),
    drawn({ arm: 'holdout', probability: 0.1, people: 10 }),
  ];
  expect(expectedHoldoutShare(cells, aCampaign([2, 1], 0.5))).toBeCloseTo(0.1, 12);
});

test('a share changed in between is expected as the mean over the people drawn under each', () => {
  const cells = [
    drawn({ planVersion: 1, probability: 0.9, people: 90 }),
    drawn({ planVersion: 1, arm: 'holdout', probability: 0.1, people: 10 }),
    drawn({ planVersion: 2, probability: 0.5, people: 150 }),
    drawn({ planVersion: 2, arm: 'holdout', probability: 0.5, people: 150 }),
  ];
  expect(expectedHoldoutShare(cells, aCampaign([1], 0.5))).toBeCloseTo(0.4, 12);
});

test('where nobody was withheld yet, the chance comes from the shown: all variants, or the weights', () => {
  const both = [drawn({ probability: 0.6 }), drawn({ variantId: 'v1', probability: 0.2 })];
  expect(expectedHoldoutShare(both, aCampaign([1, 1], 0))).toBeCloseTo(0.2, 9);
  const one = [drawn({ probability: 0.6 })];
  expect(expectedHoldoutShare(one, aCampaign([3, 1], 0))).toBeCloseTo(0.2, 9);
});

test('with nobody drawn it is the share as set', () => {
  expect(expectedHoldoutShare([], aCampaign([1], 0.3))).toBe(0.3);
});
