import type { SiteEvent } from '@tenth/model/event.ts';
import type { Profile, Transition } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import { mergeProfiles } from '../merge.ts';
import { compilePlan, type Plan } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import { anEvent, aPlan, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { arbitraryCondition } from '../testing/condition-arbitrary.ts';
import { aDefinition, referable } from '../testing/definitions.ts';
import { arbitraryHistory } from '../testing/history-arbitrary.ts';
import { sweepProfile } from './evaluate.ts';
import { personMoment } from './moment.ts';

const members = new Map([['by-email', new Set(['a'])]]);

/** The segments of a person as of a moment, by looking at all of them. */
function recounted(profile: Profile, plan: Plan, now: EpochMs): readonly string[] {
  return plan.segments
    .filter(({ condition }) => condition.holds(personMoment(profile, now)))
    .map(({ id }) => id)
    .sort();
}

const idsOf = (profile: Profile) => profile.segments.map(({ segmentId }) => segmentId);

/** The segments that transitions lead to; a second entry or exit in a row is an error. */
function followed(transitions: readonly Transition[]): readonly string[] {
  const ids = new Set<string>();
  for (const { kind, segmentId } of transitions) {
    expect(ids.has(segmentId), `${kind} ${segmentId}`).toBe(kind === 'exited');
    if (kind === 'entered') {
      ids.add(segmentId);
    } else {
      ids.delete(segmentId);
    }
  }
  return [...ids].sort();
}

const conditions = fc.array(arbitraryCondition({ ...referable, without: ['event'], now: T0 }), {
  minLength: 1,
  maxLength: 6,
});

describe('memberships', () => {
  test('after every event and every sweep they are what all conditions say', () => {
    fc.assert(
      fc.property(
        conditions,
        arbitraryHistory({ until: T0, devices: ['phone', 'desktop', ''] }),
        fc.array(fc.integer({ min: 1, max: 200 * HOUR_MS }), { maxLength: 12 }),
        (drawn, events, sweeps) => {
          const plan = compilePlan(aDefinition(drawn), members);
          const transitions: Transition[] = [];
          let profile = newProfile(aProfileId(), T0 - 3 * DAY_MS);
          events.forEach((event, index) => {
            const isKnown = index === 5;
            if (isKnown) {
              profile = { ...profile, userId: 'member-1' };
            }
            const applied = applyEvent(
              profile,
              isKnown ? { ...event, userId: 'member-1' } : event,
              plan,
              event.at,
            );
            profile = applied.profile;
            transitions.push(...applied.transitions);
            expect(idsOf(profile)).toEqual(recounted(profile, plan, event.at));
          });
          let now = T0;
          for (const step of sweeps) {
            now += step;
            const swept = sweepProfile(profile, plan, now);
            profile = swept.profile;
            transitions.push(...swept.transitions);
            if (events.length > 0) {
              expect(idsOf(profile)).toEqual(recounted(profile, plan, now));
              expect(profile.dueAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now);
            }
          }
          expect(followed(transitions)).toEqual(idsOf(profile));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('what arrives late is counted as of the latest event', () => {
    fc.assert(
      fc.property(
        conditions,
        arbitraryHistory({ until: T0, maxEvents: 15 }),
        fc.array(fc.nat()),
        (drawn, events, order) => {
          const plan = compilePlan(aDefinition(drawn), members);
          const shuffled = [...events].sort(
            (left, right) =>
              (order[events.indexOf(left)] ?? 0) - (order[events.indexOf(right)] ?? 0),
          );
          let profile = newProfile(aProfileId(), T0);
          for (const event of shuffled) {
            profile = applyEvent(profile, event, plan, undefined).profile;
            expect(idsOf(profile)).toEqual(recounted(profile, plan, profile.lastSeenAt));
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  test('a person who was merged is looked at whole at the next event or sweep', () => {
    fc.assert(
      fc.property(
        conditions,
        arbitraryHistory({ until: T0, devices: ['phone'], maxEvents: 10 }),
        arbitraryHistory({ until: T0, devices: ['desktop'], maxEvents: 10 }),
        (drawn, ours, theirs) => {
          const plan = compilePlan(aDefinition(drawn), members);
          const live = (events: readonly SiteEvent[], letter: string) =>
            events.reduce(
              (before, event) => applyEvent(before, event, plan, event.at).profile,
              newProfile(aProfileId(letter), T0),
            );
          const merged = mergeProfiles(live(ours, 'a'), live(theirs, 'b'));
          const swept = sweepProfile(merged, plan, T0);
          expect(idsOf(swept.profile)).toEqual(recounted(merged, plan, T0));
          const [event] = [anEvent({ anonymousId: 'phone', at: T0 + 1 })];
          const next = applyEvent(merged, event, plan, event.at).profile;
          expect(idsOf(next)).toEqual(recounted(next, plan, T0 + 1));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('time alone', () => {
  const segments: Parameters<typeof aPlan>[0] = {
    segments: [
      {
        id: 'lapsed',
        name: { en: 'Lapsed' },
        condition: {
          kind: 'recency',
          event: { type: 'page' },
          test: { op: 'gte', value: 30 },
        },
      },
      {
        id: 'lively',
        name: { en: 'Lively' },
        condition: {
          kind: 'event_count',
          event: { type: 'page' },
          window: { kind: 'last_minutes', minutes: 10 },
          test: { op: 'gte', value: 2 },
        },
      },
      { id: 'all', name: { en: 'All' }, condition: { kind: 'all', of: [] } },
    ],
  };
  const plan = aPlan(segments);
  const visited = [0, 1].reduce(
    (before, minutes) =>
      applyEvent(before, anEvent({ at: T0 + minutes * MINUTE_MS }), plan, T0 + minutes * MINUTE_MS)
        .profile,
    newProfile(aProfileId(), T0),
  );

  test('a sweep before the due moment changes nothing', () => {
    expect(visited.dueAt).toBe(T0 + 11 * MINUTE_MS);
    const swept = sweepProfile(visited, plan, T0 + 10 * MINUTE_MS);
    expect(swept).toEqual({ profile: visited, transitions: [] });
  });

  test('each transition comes once, and the next due moment is known', () => {
    const first = sweepProfile(visited, plan, T0 + 11 * MINUTE_MS);
    expect(first.transitions).toEqual([
      { kind: 'exited', segmentId: 'lively', at: T0 + 11 * MINUTE_MS },
    ]);
    expect(first.profile.dueAt).toBe(T0 + MINUTE_MS + 30 * DAY_MS);
    expect(sweepProfile(first.profile, plan, T0 + 11 * MINUTE_MS).transitions).toEqual([]);
    const second = sweepProfile(first.profile, plan, T0 + 31 * DAY_MS);
    expect(second.transitions).toEqual([
      { kind: 'entered', segmentId: 'lapsed', at: T0 + 31 * DAY_MS },
    ]);
    expect(second.profile.dueAt).toBeUndefined();
  });

  test('an event after the due moment brings what time changed with it', () => {
    const at = T0 + 40 * DAY_MS;
    const applied = applyEvent(visited, aTrack('Other', {}, { at }), plan, at);
    expect(applied.transitions).toEqual([
      { kind: 'entered', segmentId: 'lapsed', at },
      { kind: 'exited', segmentId: 'lively', at },
    ]);
  });

  test('what is counted for nothing any more is forgotten with the first look by a new plan', () => {
    const counting = (version: number, names: readonly string[]) =>
      aPlan({
        version,
        segments: names.map((event, index) => ({
          id: `s${index}`,
          name: { en: event },
          condition: {
            kind: 'event_count',
            event: { type: 'track', name: event },
            window: { kind: 'ever' },
            test: { op: 'gte', value: 1 },
          },
        })),
      });
    const [both, one] = [counting(1, ['Seen', 'Heard']), counting(2, ['Heard'])];
    const idsIn = ({ aggregates }: Profile) => Object.values(aggregates).flatMap(Object.keys);
    const before = [aTrack('Seen'), aTrack('Heard')].reduce<Profile>(
      (profile, event) => applyEvent(profile, event, both, undefined).profile,
      newProfile(aProfileId(), T0),
    );
    expect(idsIn(before).sort()).toEqual([...both.aggregates.keys()].sort());
    const after = sweepProfile(before, one, T0).profile;
    expect(idsIn(after)).toEqual([...one.aggregates.keys()]);
    expect(idsOf(after)).toEqual(['s0']);
    // Nothing to forget, nothing to copy.
    expect(sweepProfile(after, counting(3, ['Heard']), T0).profile.aggregates).toBe(
      after.aggregates,
    );
  });

  test('a segment that is no longer published is left', () => {
    const without = compilePlan({ ...aDefinition([]), version: 2 });
    const swept = sweepProfile(visited, without, T0);
    expect(swept.transitions.map(({ kind, segmentId }) => [kind, segmentId])).toEqual([
      ['exited', 'all'],
      ['exited', 'lively'],
    ]);
    expect(swept.profile.evaluatedPlan).toBe(2);
  });

  test.each([1, 2])(
    'what comes late after a sweep takes nobody back, also where plan %i is the present one',
    (version) => {
      const present = aPlan({ ...segments, version });
      const swept = sweepProfile(visited, plan, T0 + 40 * DAY_MS);
      expect(swept.transitions).not.toEqual([]);
      const receivedAt = T0 + 60 * DAY_MS;
      const note = aTrack('Noted', {}, { at: T0 - DAY_MS, receivedAt, anonymousId: undefined });
      const late = applyEvent(swept.profile, { ...note, userId: 'u1' }, present, undefined);
      expect(late.transitions).toEqual([]);
      expect(sweepProfile(late.profile, present, receivedAt).transitions).toEqual([]);
    },
  );
});
