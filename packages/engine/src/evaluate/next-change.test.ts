import type { Condition } from '@tenth/model/condition.ts';
import { attributeId } from '@tenth/model/ids.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import { compilePlan } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import { aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { arbitraryCondition } from '../testing/condition-arbitrary.ts';
import { aDefinition, referable } from '../testing/definitions.ts';
import { arbitraryHistory } from '../testing/history-arbitrary.ts';
import { personMoment } from './moment.ts';

const members = new Map([['by-email', new Set(['a'])]]);

/** Steps of time: a few ms, minutes, hours, weeks. */
const steps = fc.array(
  fc.oneof(
    fc.integer({ min: 1, max: 5 }),
    fc.integer({ min: 1, max: 90 * MINUTE_MS }),
    fc.integer({ min: 1, max: 30 }).map((hours) => hours * HOUR_MS),
    fc.integer({ min: 1, max: 60 }).map((days) => days * DAY_MS),
  ),
  { minLength: 1, maxLength: 25 },
);

describe.each([
  ['Asia/Seoul', T0],
  // The night on which New York's clocks go forward.
  ['America/New_York', Date.UTC(2026, 2, 8, 4)],
  // Cairo's clocks go back at midnight, so that a day begins twice.
  ['Africa/Cairo', Date.UTC(2026, 9, 29, 18)],
])('in %s', (timeZone, until) => {
  test.each([
    ['', referable],
    // What is named has to be there, so that here nothing is.
    [', whatever the conditions say', { isWild: true }],
  ])('nothing changes by time alone before it is said to%s', { timeout: 90_000 }, (_, options) => {
    fc.assert(
      fc.property(
        fc.array(arbitraryCondition({ ...options, without: ['event'], now: until }), {
          minLength: 1,
          maxLength: 4,
        }),
        arbitraryHistory({ until }),
        steps,
        (conditions, events, walk) => {
          const plan = compilePlan(aDefinition(conditions, timeZone), members);
          const profile = events.reduce(
            (before, event) => applyEvent(before, event, plan, event.at).profile,
            newProfile(aProfileId(), until - 3 * DAY_MS),
          );
          for (const { condition, id } of plan.segments) {
            let now: EpochMs = until;
            let holds = condition.holds(personMoment(profile, now));
            let next = condition.nextChange(personMoment(profile, now));
            for (const step of walk) {
              if (next !== undefined) {
                expect(next, id).toBeGreaterThan(now);
              }
              // Just before the change as well as wherever the step leads.
              if (next !== undefined && next <= now + step) {
                expect(condition.holds(personMoment(profile, next - 1)), id).toBe(holds);
                now = next;
              } else {
                now += step;
                expect(condition.holds(personMoment(profile, now)), id).toBe(holds);
              }
              holds = condition.holds(personMoment(profile, now));
              next = condition.nextChange(personMoment(profile, now));
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

test('figures that no arithmetic can tell apart are no trouble', () => {
  const figures = [1e15, 1e300, -1e300, Number.MAX_SAFE_INTEGER, 1e-300];
  const measures: readonly NumberMeasure[] = [
    { kind: 'affinity', dimension: 'category', key: 'men', measure: 'score' },
    { kind: 'recency', event: { type: 'track' } },
    { kind: 'orders', measure: 'days_since_last' },
    { kind: 'inferred', attributeId: attributeId.parse('gender'), value: 'male' },
    { kind: 'local_hour' },
  ];
  const conditions = measures.flatMap((measure) =>
    figures.flatMap((value): readonly Condition[] => [
      { ...measure, test: { op: 'gt', value } },
      { ...measure, test: { op: 'between', from: -value, to: value } },
    ]),
  );
  const plan = compilePlan(aDefinition(conditions));
  const event = aTrack('Order Completed', { category: 'men', order_id: 'o1' });
  const { profile } = applyEvent(newProfile(aProfileId(), T0), event, plan, T0);
  for (const { condition } of plan.segments) {
    const next = condition.nextChange(personMoment(profile, T0));
    expect(next ?? Number.POSITIVE_INFINITY).toBeGreaterThan(T0);
  }
});
