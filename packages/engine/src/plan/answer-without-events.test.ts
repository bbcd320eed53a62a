import type { Condition } from '@tenth/model/condition.ts';
import { segmentId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noAggregates } from '../aggregate/aggregates.ts';
import { applyEvent } from '../apply.ts';
import { personMoment } from '../evaluate/moment.ts';
import { newProfile } from '../profile.ts';
import { aProfileId, T0 } from '../testing/builders.ts';
import { arbitraryCondition } from '../testing/condition-arbitrary.ts';
import { aDefinition, referable } from '../testing/definitions.ts';
import { arbitraryHistory } from '../testing/history-arbitrary.ts';
import { answerWithoutEvents } from './answer-without-events.ts';
import { compileConditionAlone, compilePlan } from './plan.ts';

const viewed = { type: 'track', name: 'Product Viewed' } as const;
const counted = (value: number, op: 'gte' | 'lt' = 'gte'): Condition => ({
  kind: 'event_count',
  event: viewed,
  window: { kind: 'last_days', days: 30 },
  test: { op, value },
});
const isMember: Condition = { kind: 'member', is: true };
const inCounted = (is: boolean): Condition => ({
  kind: 'segment',
  segmentId: segmentId.parse('s0'),
  is,
});

test.each<[string, Condition, boolean | undefined]>([
  ['a count that asks for events', counted(1), false],
  ['a count that none fulfils', counted(2, 'lt'), true],
  ['a count and more', { kind: 'all', of: [isMember, counted(1)] }, false],
  ['a count or something else', { kind: 'any', of: [isMember, counted(1)] }, undefined],
  ['none of a count', { kind: 'not', of: counted(1) }, true],
  ['nothing that is counted', isMember, undefined],
  ['a segment of a count', inCounted(true), false],
  ['not in a segment of a count', { kind: 'all', of: [inCounted(false), isMember] }, undefined],
  ['the visit itself', { kind: 'visitor', is: 'new' }, undefined],
])('%s', (_, condition, expected) => {
  expect(answerWithoutEvents(condition, aDefinition([counted(3)]))).toBe(expected);
});

test('the answer is that of everybody of whom nothing is counted, at any time', () => {
  let answered = 0;
  fc.assert(
    fc.property(
      arbitraryCondition({
        ...referable,
        lists: [],
        segments: [],
        without: ['event', 'list'],
        now: T0,
      }),
      arbitraryHistory({ until: T0, devices: ['phone'], maxEvents: 20 }),
      fc.nat(400),
      (condition, events, days) => {
        const definition = { ...aDefinition([]), lists: [] };
        const answer = answerWithoutEvents(condition, definition);
        if (answer === undefined) {
          return;
        }
        answered += 1;
        const plan = compilePlan(definition);
        const profile = events.reduce<Profile>(
          (before, event) => applyEvent(before, event, plan, undefined).profile,
          newProfile(aProfileId(), T0),
        );
        const { condition: compiled } = compileConditionAlone(condition, definition, 'condition');
        const moment = personMoment(withoutCounts(profile), T0 + days * DAY_MS);
        expect(compiled.holds(moment)).toBe(answer);
      },
    ),
    { numRuns: 1_000 },
  );
  expect(answered).toBeGreaterThan(50);
});

function withoutCounts(profile: Profile): Profile {
  return {
    ...profile,
    aggregates: noAggregates,
    devices: profile.devices.map((device) => ({
      ...device,
      session: { ...device.session, aggregates: noAggregates },
    })),
  };
}
