import type { Condition } from '@tenth/model/condition.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { Profile } from '@tenth/model/profile.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEvent } from './apply.ts';
import { mergeProfiles } from './merge.ts';
import { decodeProfile, encodeProfile, newProfile } from './profile.ts';
import { rememberMessage } from './recent-messages.ts';
import { anEvent, aPlan, aProfileId, aTrack, T0 } from './testing/builders.ts';

const plan = aPlan({
  segments: [
    {
      id: 'viewers',
      name: { en: 'Viewers' },
      condition: {
        kind: 'event_count',
        event: { type: 'track', name: 'Product Viewed' },
        window: { kind: 'last_hours', hours: 6 },
        test: { op: 'gte', value: 3 },
      },
    },
    { id: 'back', name: { en: 'Back' }, condition: { kind: 'visitor', is: 'returning' } },
    {
      id: 'buyers',
      name: { en: 'Buyers' },
      condition: { kind: 'orders', measure: 'count', test: { op: 'gte', value: 2 } },
    },
    ...everyAggregate(),
  ],
});

/** Segments that read an aggregate of each kind, over windows of all sorts. */
function everyAggregate() {
  const event = { type: 'track', name: 'Product Viewed' } as const;
  const price = { event, property: 'properties.price' } as const;
  const conditions: readonly Condition[] = [
    ...(['ever', 'session'] as const).flatMap((kind) =>
      (['distinct', 'sum', 'min', 'max'] as const).map(
        (measure): Condition => ({
          ...price,
          kind: 'event_number',
          measure,
          window: { kind },
          test: { op: 'gte', value: 2 },
        }),
      ),
    ),
    ...(['distinct', 'sum', 'min', 'max'] as const).map(
      (measure): Condition => ({
        ...price,
        kind: 'event_number',
        measure,
        window: { kind: 'last_days', days: 2 },
        test: { op: 'gte', value: 2 },
      }),
    ),
    ...(['first', 'last', 'most_frequent'] as const).map(
      (measure): Condition => ({
        ...price,
        kind: 'event_value',
        measure,
        window: { kind: 'ever' },
        test: { op: 'is', value: 2_000 },
      }),
    ),
    {
      ...price,
      kind: 'event_number',
      measure: 'mean',
      window: { kind: 'since_event', event: { type: 'track', name: 'Order Completed' } },
      test: { op: 'gt', value: 2_000 },
    },
    {
      kind: 'funnel',
      steps: [event, { type: 'page' }],
      withinMinutes: 60,
      test: { op: 'is', value: 2 },
    },
  ];
  return conditions.map((condition, index) => ({
    id: `aggregate-${index}`,
    name: { en: `Aggregate ${index}` },
    condition,
  }));
}

const step = fc.record({
  minutes: fc.integer({ min: 0, max: 5_000 }),
  what: fc.constantFrom('page', 'view', 'add', 'remove', 'order', 'identify'),
  product: fc.integer({ min: 1, max: 5 }),
  order: fc.integer({ min: 1, max: 12 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function eventOf(device: string, { minutes, what, product, order }: Step): SiteEvent {
  const given = { anonymousId: device, at: T0 + minutes * 60_000 };
  const properties = {
    product_id: `p${product}`,
    price: product * 1_000,
    currency: 'KRW',
    category: `men/c${product}`,
    brand: `b${product}`,
  };
  switch (what) {
    case 'view':
      return aTrack('Product Viewed', properties, given);
    case 'add':
      return aTrack('Product Added', properties, given);
    case 'remove':
      return aTrack('Product Removed', properties, given);
    case 'order':
      // The order id fixes all of the order, as it would if two systems reported it.
      return aTrack(
        'Order Completed',
        { order_id: `o${order}`, total: order * 10, currency: 'KRW' },
        { ...given, at: T0 + order },
      );
    case 'identify':
      return anEvent({ type: 'identify', traits: { size: `p${product}` }, ...given });
    default:
      return anEvent(given);
  }
}

const live = (profile: Profile, events: readonly SiteEvent[]): Profile =>
  events.reduce(
    (before, event) =>
      rememberMessage(
        applyEvent(before, event, plan, undefined).profile,
        event.messageId,
        event.receivedAt,
      ),
    profile,
  );

/** What must be equal, with sums of decayed weights brought to the digits that addition keeps. */
function comparable(profile: Profile): unknown {
  return {
    ...profile,
    evaluatedPlan: undefined,
    segments: profile.segments.map(({ segmentId }) => segmentId).sort(),
    devices: [...profile.devices].sort((left, right) => (left.key < right.key ? -1 : 1)),
    recentMessages: profile.recentMessages.map(({ hour, hashes }) => ({
      hour,
      hashes: hashes.match(/.{8}/g)?.sort(),
    })),
    affinities: JSON.parse(
      JSON.stringify(profile.affinities, (_key, value) =>
        typeof value === 'number' ? Number(value.toPrecision(9)) : value,
      ),
    ),
  };
}

describe('mergeProfiles', () => {
  test('equals having seen both histories, in whatever order they interleave', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom('phone', 'desktop'), step), { maxLength: 40 }),
        (steps) => {
          const events = steps
            .map(([device, what]) => eventOf(device, what))
            .sort((left, right) => left.at - right.at);
          const phone = events.filter(({ anonymousId }) => anonymousId === 'phone');
          const desktop = events.filter(({ anonymousId }) => anonymousId === 'desktop');
          const start = newProfile(aProfileId('a'), T0);
          const merged = mergeProfiles(
            live(start, phone),
            live(newProfile(aProfileId('b'), T0), desktop),
          );
          // Segments are evaluated anew at the next event after a merge; what time alone has changed in
          // the other profile is left to its own next event, so it too is told to look at all of them.
          const seen = { ...live(start, events), evaluatedPlan: 0 };
          const next = anEvent({ anonymousId: 'phone', at: T0 + 6_000 * 60_000 });
          expect(comparable(live(merged, [next]))).toEqual(comparable(live(seen, [next])));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('an order that both histories report counts once', () => {
    const order = (device: string) =>
      aTrack('Order Completed', { order_id: 'o1', total: 9_900 }, { anonymousId: device });
    const merged = mergeProfiles(
      live(newProfile(aProfileId('a'), T0), [order('phone')]),
      live(newProfile(aProfileId('b'), T0), [order('desktop')]),
    );
    expect(Object.keys(merged.orders.recent)).toEqual(['o1']);
  });

  test('the earlier of two arms stands, and the person is marked as crossed over', () => {
    const withArm = (letter: string, arm: 'treatment' | 'holdout', at: number): Profile => ({
      ...newProfile(aProfileId(letter), T0),
      assignments: { welcome: { arm, variantId: 'a', at, isCrossedOver: false } } as never,
    });
    const merged = mergeProfiles(withArm('a', 'treatment', T0 + 5), withArm('b', 'holdout', T0));
    expect(Object.values(merged.assignments)).toEqual([
      { arm: 'holdout', variantId: 'a', at: T0, isCrossedOver: true },
    ]);
  });
});

describe('a device that two people took turns on', () => {
  const state = (lastAt: number, city: string, updatedAt = 0) => {
    const [device] = live(newProfile(aProfileId('a'), T0), [anEvent({ at: lastAt })]).devices;
    if (device === undefined) {
      throw new Error('an event leaves a device');
    }
    const profile: Profile = {
      ...newProfile(aProfileId('a'), T0),
      devices: [
        {
          ...device,
          session: { ...device.session, city },
          cart: { ...device.cart, updatedAt, currency: city },
        },
      ],
    };
    return profile;
  };
  const merged = (left: Profile, right: Profile) => {
    const { devices } = mergeProfiles(left, right);
    expect(mergeProfiles(right, left).devices).toEqual(devices);
    return devices[0];
  };

  test('has the later state whole, and the visits of both', () => {
    expect(merged(state(T0, 'early', T0 + 9), state(T0 + 5, 'late'))).toMatchObject({
      firstSeenAt: T0,
      sessions: 2,
      session: { city: 'late' },
      cart: { currency: 'late' },
    });
  });

  test('at the same moment, that with the later cart, else the one whose text sorts last', () => {
    expect(merged(state(T0, 'z', 1), state(T0, 'a', 2))?.session.city).toBe('a');
    expect(merged(state(T0, 'z'), state(T0, 'a'))?.session.city).toBe('z');
  });
});

test('a profile that an earlier version wrote keeps all but its counts', () => {
  const profile = live(newProfile(aProfileId('a'), T0), [
    anEvent(),
    aTrack('Order Completed', { order_id: 'o1', total: 3_000 }),
  ]);
  const { aggregates: _, dueAt: __, ...rest } = profile;
  const before = {
    ...rest,
    counters: { abc: [0, 1] },
    devices: profile.devices.map(({ session, ...device }) => {
      const { country, region, city, timeZone, aggregates, ...known } = session;
      return { ...device, session: { ...known, counts: { abc: 1 } } };
    }),
  };
  const read = decodeProfile(JSON.stringify(before));
  expect(read).toMatchObject({
    id: profile.id,
    orders: profile.orders,
    recentMessages: profile.recentMessages,
    aggregates: {},
    evaluatedPlan: 0,
    dueAt: 0,
  });
  expect(read.devices[0]?.session).toMatchObject({ city: '', timeZone: '', aggregates: {} });
  expect(live(read, [anEvent({ at: T0 + 5 })]).devices[0]?.sessions).toBe(1);
});

test('a profile read back from the store is the profile that was written', () => {
  const profile = live(newProfile(aProfileId('a'), T0), [
    anEvent(),
    aTrack('Product Added', { product_id: 'p1', price: 3_000, category: 'men/shirts' }),
    aTrack('Order Completed', { order_id: 'o1', total: 3_000 }),
  ]);
  expect(decodeProfile(encodeProfile(profile))).toEqual(profile);
});
