import type { Condition } from '@tenth/model/condition.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { describe, expect, test } from 'vitest';
import { applyEvent } from '../apply.ts';
import { murmur3 } from '../murmur3.ts';
import { compilePlan } from '../plan/plan.ts';
import { newProfile } from '../profile.ts';
import { anEvent, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { aDefinition } from '../testing/definitions.ts';
import { personMoment } from './moment.ts';

/*
 * Where one step more or less makes the difference, and where two things happen at once. T0 is 10:00 in
 * Seoul, at the beginning of a minute, an hour and no day.
 */

function live(condition: Condition, events: readonly SiteEvent[], zone = 'Asia/Seoul') {
  const plan = compilePlan(aDefinition([condition], zone));
  const profile = events.reduce<Profile>(
    (before, event) => applyEvent(before, event, plan, event.at).profile,
    newProfile(aProfileId(), T0),
  );
  const segment = plan.segments.find(({ id }) => id === 's0');
  if (segment === undefined) {
    throw new Error('the segment is in the plan');
  }
  const at = (now: EpochMs) => personMoment(profile, now);
  return {
    profile,
    holds: (now = T0) => segment.condition.holds(at(now)),
    nextChange: (now = T0) => segment.condition.nextChange(at(now)),
    saw: (now = T0) => segment.condition.explain(at(now))?.saw ?? null,
  };
}

const viewed = { type: 'track', name: 'Product Viewed' } as const;
const bought = { type: 'track', name: 'Order Completed' } as const;
const view = (at: EpochMs, properties: SiteEvent['properties'] = {}, given = {}) =>
  aTrack('Product Viewed', properties, { at, ...given });
const buy = (at: EpochMs) => aTrack('Order Completed', {}, { at });
const page = (at: EpochMs, given: Partial<SiteEvent> = {}) => anEvent({ at, ...given });

/** No figure passes, so that the trace says which it is. */
const figure = (
  measure: NumberMeasure,
  events: readonly SiteEvent[],
  now: EpochMs = T0,
  zone?: string,
) => live({ ...measure, test: { op: 'gt', value: 1e15 } }, events, zone).saw(now);

const count = { kind: 'event_count', event: viewed } as const;

describe('since another event', () => {
  const since = { kind: 'since_event', event: bought } as const;
  const events = [view(T0 - 2, { price: 8 }), buy(T0 - 1), view(T0 - 1, { price: 4 })];

  test.each(['sum', 'distinct'] as const)('what comes with it is no part of the %s', (measure) => {
    const of = (more: readonly SiteEvent[]) =>
      figure(
        {
          kind: 'event_number',
          event: viewed,
          property: 'properties.price',
          measure,
          window: since,
        },
        [...events, ...more],
      );
    expect(of([])).toBe(0);
    expect(of([view(T0, { price: 1 })])).toBe(1);
  });

  test.each(['first', 'last', 'most_frequent'] as const)(
    'what comes with it is not the %s value',
    (measure) => {
      const of = (more: readonly SiteEvent[]) =>
        live(
          {
            kind: 'event_value',
            event: viewed,
            property: 'properties.price',
            measure,
            window: since,
            test: { op: 'is', value: '-' },
          },
          [...events, ...more],
        ).saw();
      expect(of([])).toBeNull();
      expect(of([view(T0, { price: 1 })])).toBe(1);
    },
  );
});

describe('values at the same moment', () => {
  const messages = ['one', 'another', 'third'] as const;
  const byTie = [...messages].sort((left, right) => murmur3(left) - murmur3(right));
  const value = (measure: 'first' | 'last' | 'most_frequent', order: readonly string[]) =>
    live(
      {
        kind: 'event_value',
        event: viewed,
        property: 'properties.brand',
        measure,
        window: { kind: 'ever' },
        test: { op: 'is', value: '-' },
      },
      order.map((id) => view(T0, { brand: id }, { messageId: id as MessageId })),
    ).saw();

  test.each([
    ['first', byTie[0]],
    ['last', byTie[2]],
    // Each came once; of equally frequent ones the last.
    ['most_frequent', byTie[2]],
  ] as const)(
    'are in the order of their messages’ hashes, whatever came when: %s',
    (measure, expected) => {
      expect(value(measure, messages)).toBe(expected);
      expect(value(measure, [...messages].reverse())).toBe(expected);
      expect(value(measure, byTie)).toBe(expected);
    },
  );

  test('a visit of two devices at once is looked at on the same one, whichever came first', () => {
    const cart = { kind: 'cart_quantity' } as const;
    const devices = ['phone', 'tablet', 'watch'].map((anonymousId, index) =>
      aTrack('Product Added', { product_id: 'p', quantity: index + 1 }, { at: T0, anonymousId }),
    );
    const [one] = new Set(
      [devices, [...devices].reverse()].map((events) => JSON.stringify(figure(cart, events))),
    );
    expect(figure(cart, devices)).toBe(Number(one));
    expect(figure(cart, [...devices].reverse())).toBe(Number(one));
  });
});

describe('sliding windows', () => {
  test.each([
    { window: { kind: 'last_minutes', minutes: 10 }, oldest: T0 - 10 * MINUTE_MS },
    { window: { kind: 'last_hours', hours: 3 }, oldest: T0 - 3 * HOUR_MS },
    // Midnight of the day before yesterday.
    { window: { kind: 'last_days', days: 2 }, oldest: T0 - 10 * HOUR_MS - 2 * DAY_MS },
  ] as const)(
    '$window.kind: the bucket so far back is in, the one before is not',
    ({ window, oldest }) => {
      expect(figure({ ...count, window }, [view(oldest - 1), view(oldest)])).toBe(1);
      // A bucket is kept as long as it can be read, whatever comes after.
      expect(figure({ ...count, window }, [view(oldest), view(T0)])).toBe(2);
      expect(figure({ ...count, window }, [view(T0), view(oldest)])).toBe(2);
    },
  );

  test('what lies in the bucket after this one has not come', () => {
    const window = { kind: 'last_minutes', minutes: 10 } as const;
    const events = [view(T0 + MINUTE_MS - 1), view(T0 + MINUTE_MS)];
    expect(figure({ ...count, window }, events)).toBe(1);
    expect(figure({ ...count, window }, events, T0 + MINUTE_MS)).toBe(2);
  });

  test('active days are days of today and before, today among them', () => {
    const active = { kind: 'active_days', event: viewed, days: 2 } as const;
    const midnight = T0 - 10 * HOUR_MS;
    expect(figure(active, [view(midnight - DAY_MS - 1), view(midnight - DAY_MS)])).toBe(1);
    expect(figure(active, [view(midnight - 1), view(midnight)])).toBe(2);
  });

  test('it is said to the moment when the answer changes', () => {
    const { holds, nextChange } = live(
      { ...count, window: { kind: 'last_minutes', minutes: 10 }, test: { op: 'gte', value: 1 } },
      [view(T0 - 90_000)],
    );
    // The view's minute began two minutes ago.
    const gone = T0 + 9 * MINUTE_MS;
    expect(nextChange()).toBe(gone);
    expect([holds(gone - 1), holds(gone)]).toEqual([true, false]);
  });

  test('of two of which one is enough, with the last of them', () => {
    const within = (minutes: number) =>
      ({
        ...count,
        window: { kind: 'last_minutes', minutes },
        test: { op: 'gte', value: 1 },
      }) as const;
    const { holds, nextChange } = live({ kind: 'any', of: [within(5), within(10)] }, [view(T0)]);
    const gone = T0 + 11 * MINUTE_MS;
    expect(nextChange()).toBe(gone);
    expect([holds(gone - 1), holds(gone)]).toEqual([true, false]);
  });

  test.each([
    // Clocks go forward on 29 March 2026 and back on 25 October, at 01:00 UTC.
    ['forward', Date.UTC(2026, 2, 29)],
    ['back', Date.UTC(2026, 9, 25)],
  ])('a day on which clocks go %s ends at its own midnight', (_, day) => {
    const window = { kind: 'last_days', days: 1 } as const;
    const isForward = day === Date.UTC(2026, 2, 29);
    const start = day - (isForward ? 1 : 2) * HOUR_MS;
    const end = start + (isForward ? 23 : 25) * HOUR_MS;
    const at = (now: EpochMs) =>
      figure({ ...count, window }, [view(start - 1)], now, 'Europe/Berlin');
    expect(at(end - 1)).toBe(1);
    expect(at(end)).toBe(0);
  });
});

describe('within a time', () => {
  const steps = { withinMinutes: 10 } as const;
  const limit = 10 * MINUTE_MS;

  test('a sequence may take all of it', () => {
    const sequence = {
      kind: 'sequence',
      first: viewed,
      // biome-ignore lint/suspicious/noThenProperty: the word people use; nothing awaits a condition
      then: bought,
      without: { type: 'page' },
      ...steps,
    } as const;
    const isSo = (...events: readonly SiteEvent[]) => live(sequence, events).holds();
    expect(isSo(view(T0 - limit), buy(T0))).toBe(true);
    expect(isSo(view(T0 - limit - 1), buy(T0))).toBe(false);
    // What must not come in between may come with either end.
    expect(isSo(view(T0 - 9), page(T0), buy(T0))).toBe(true);
    expect(isSo(view(T0 - 9), page(T0 - 1), buy(T0))).toBe(false);
    expect(isSo(view(T0 - 9), page(T0 - 9), buy(T0))).toBe(true);
    // Of several first ones the latest leaves the least room.
    expect(isSo(view(T0 - limit - 1), view(T0 - 1), buy(T0))).toBe(true);
    expect(isSo(view(T0), buy(T0))).toBe(false);
  });

  test('a funnel may take all of it, each step strictly after the one before', () => {
    const funnel: NumberMeasure = { kind: 'funnel', steps: [viewed, bought], ...steps };
    expect(figure(funnel, [view(T0 - limit), buy(T0)])).toBe(2);
    expect(figure(funnel, [view(T0 - limit - 1), buy(T0)])).toBe(1);
    expect(figure(funnel, [view(T0), buy(T0)])).toBe(1);
  });

  test('half an hour of silence does not end a visit; a millisecond more does', () => {
    const sessions = { kind: 'sessions' } as const;
    const gap = 30 * MINUTE_MS;
    expect(figure(sessions, [page(T0 - gap), page(T0)])).toBe(1);
    expect(figure(sessions, [page(T0 - gap - 1), page(T0)])).toBe(2);
  });

  test('a date is in the last days for whole days to the millisecond', () => {
    const { holds, nextChange } = live(
      { kind: 'trait', name: 'joined', test: { op: 'in_last_days', days: 2 } },
      [
        anEvent({
          type: 'identify',
          page: undefined,
          traits: { joined: new Date(T0).toISOString() },
        }),
      ],
    );
    const last = T0 + 2 * DAY_MS;
    expect([holds(last), holds(last + 1)]).toEqual([true, false]);
    expect(nextChange()).toBe(last + 1);
  });
});

describe('what is kept', () => {
  test('of values over 50 the earliest goes', () => {
    const brands = ['old', 'old', ...Array.from({ length: 49 }, (_, index) => `b${index}`)];
    const frequent = (events: readonly SiteEvent[]) =>
      live(
        {
          kind: 'event_value',
          event: viewed,
          property: 'properties.brand',
          measure: 'most_frequent',
          window: { kind: 'ever' },
          test: { op: 'is', value: '-' },
        },
        events,
      ).saw();
    const events = brands.map((brand, index) => view(T0 + index, { brand }));
    expect(frequent(events.slice(0, -1))).toBe('old');
    expect(frequent(events)).toBe('b48');
  });

  test('of 50 times none is forgotten', () => {
    const window = { kind: 'since_event', event: bought } as const;
    const views = Array.from({ length: 50 }, (_, index) => view(T0 + index));
    expect(figure({ ...count, window }, [buy(T0 - 1), ...views])).toBe(50);
  });

  test('a value seen again counts by the last time, in whatever order it was told', () => {
    const distinct = {
      kind: 'event_number',
      event: viewed,
      property: 'properties.brand',
      measure: 'distinct',
      window: { kind: 'last_minutes', minutes: 5 },
    } as const;
    const events = [view(T0 - 9 * MINUTE_MS, { brand: 'a' }), view(T0, { brand: 'a' })];
    expect(figure(distinct, events)).toBe(1);
    expect(figure(distinct, [...events].reverse())).toBe(1);
    // Just as far back as is kept.
    const edge = [view(T0 - 5 * MINUTE_MS, { brand: 'a' }), view(T0, { brand: 'b' })];
    expect(figure(distinct, edge)).toBe(2);
  });
});

test('a figure is between two when it is the first of them, not when it is the second', () => {
  const between = (from: number, to: number) =>
    live({ kind: 'session_pages', test: { op: 'between', from, to } }, [
      page(T0),
      page(T0),
    ]).holds();
  expect([between(2, 3), between(1, 2)]).toEqual([true, false]);
});

test('a condition is asked of the moment in hand, not of one before', () => {
  const { holds } = live(
    { ...count, window: { kind: 'last_minutes', minutes: 1 }, test: { op: 'gte', value: 1 } },
    [view(T0)],
  );
  expect([holds(T0), holds(T0 + HOUR_MS), holds(T0)]).toEqual([true, false, true]);
});
