import type { Condition } from '@tenth/model/condition.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import { newProfile } from '../profile.ts';
import { anEvent, aPlan, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import type { Plan } from './plan.ts';

/** 1,000 segments, ten a category, over windows of all sorts and with all thresholds. */
function published(conditionOf: (index: number) => Condition): Plan {
  return aPlan({
    segments: Array.from({ length: 1_000 }, (_, index) => ({
      id: `segment-${index}`,
      name: { en: `Segment ${index}` },
      condition: { kind: 'all', of: [conditionOf(index), { kind: 'member', is: false }] },
    })),
  });
}

/** How many segments are asked from here on. */
function countAsked(plan: Plan): () => number {
  let asked = 0;
  for (const { condition } of plan.segments) {
    const { holds } = condition;
    // Written over for counting only.
    (condition as { holds: typeof holds }).holds = (moment) => {
      asked += 1;
      return holds(moment);
    };
  }
  return () => asked;
}

const windows = [
  { kind: 'ever' },
  { kind: 'session' },
  { kind: 'last_days', days: 7 },
  { kind: 'last_hours', hours: 24 },
  { kind: 'last_minutes', minutes: 30 },
] as const;

const byCategory = (index: number): Condition => ({
  kind: 'event_count',
  event: {
    type: 'track',
    name: 'Product Viewed',
    where: [
      {
        path: 'properties.category',
        test: { op: 'is', value: `c${Math.floor(index / 10)}` },
      },
    ],
  },
  window: windows[index % 5] ?? { kind: 'ever' },
  test: { op: 'gte', value: (index % 10) + 1 },
});

const byInterest = (index: number): Condition => ({
  kind: 'affinity',
  dimension: 'category',
  key: `c${Math.floor(index / 10)}`,
  measure: index % 2 === 0 ? 'share' : 'score',
  test: { op: 'gte', value: (index % 10) / 10 + 0.05 },
});

function visited(plan: Plan, times: number): Profile {
  return Array.from({ length: times }).reduce<Profile>(
    (before, _, index) => {
      const at = T0 + index * 1_000;
      const event =
        index === 0 ? anEvent({ at }) : aTrack('Product Viewed', { category: 'c7' }, { at });
      return applyEvent(before, event, plan, at).profile;
    },
    newProfile(aProfileId(), T0),
  );
}

test.each([
  ['counts', byCategory],
  ['interests', byInterest],
])('of 1,000 segments by %s an event asks only those that it can change', (_, conditionOf) => {
  const plan = published(conditionOf);
  const profile = visited(plan, 5);
  const asked = countAsked(plan);
  const at = T0 + 10_000;
  const applied = applyEvent(
    profile,
    aTrack('Product Viewed', { category: 'c7' }, { at }),
    plan,
    at,
  );
  expect(asked()).toBeLessThanOrEqual(10);
  applyEvent(applied.profile, aTrack('Something Else', {}, { at }), plan, at);
  applyEvent(applied.profile, anEvent({ at }), plan, at);
  expect(asked()).toBeLessThanOrEqual(10);
});

test('the first event of a newcomer asks no segment that is the same for all of them', () => {
  const plan = published(byCategory);
  // What holds for every newcomer is worked out with the first of them.
  visited(plan, 1);
  const asked = countAsked(plan);
  visited(plan, 1);
  expect(asked()).toBe(0);
});
