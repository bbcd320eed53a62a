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
  ],
});

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

test('a profile read back from the store is the profile that was written', () => {
  const profile = live(newProfile(aProfileId('a'), T0), [
    anEvent(),
    aTrack('Product Added', { product_id: 'p1', price: 3_000, category: 'men/shirts' }),
    aTrack('Order Completed', { order_id: 'o1', total: 3_000 }),
  ]);
  expect(decodeProfile(encodeProfile(profile))).toEqual(profile);
});
