import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import { compilePlan } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import { aProfileId, T0 } from '../testing/builders.ts';
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
  test('nothing changes by time alone before it is said to', () => {
    fc.assert(
      fc.property(
        fc.array(arbitraryCondition({ ...referable, without: ['event'], now: until }), {
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
      { numRuns: 300 },
    );
  });
});
