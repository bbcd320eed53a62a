import type { SiteEvent } from '@tenth/model/event.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { type Applied, applyEvent } from '../apply.ts';
import { newProfile } from '../profile.ts';
import { anEvent, aPlan, aProfileId, aTrack, T0 } from '../testing/builders.ts';
import { cartTotalMinor } from './cart.ts';
import { orderCount } from './orders.ts';

const plan = aPlan();

function after(profile: Profile, ...events: readonly SiteEvent[]): Applied {
  const [first, ...others] = events;
  if (first === undefined) {
    throw new Error('no events');
  }
  return others.reduce(
    (applied, event) => applyEvent(applied.profile, event, plan, undefined),
    applyEvent(profile, first, plan, undefined),
  );
}

const live = after(
  newProfile(aProfileId(), T0),
  anEvent({ at: T0 }),
  aTrack('Product Added', { product_id: 'now', price: 20_000 }, { at: T0 + MINUTE_MS }),
).profile;
const [before] = live.devices;

test('what is imported of the past counts, and leaves the visit and the cart of now as they are', () => {
  const past = [
    anEvent({ at: T0 - 40 * DAY_MS }),
    anEvent({ at: T0 - 20 * DAY_MS }),
    aTrack('Order Completed', { order_id: 'o', total: 5_000 }, { at: T0 - 20 * DAY_MS }),
    aTrack('Product Added', { product_id: 'old', price: 1_000 }, { at: T0 - 19 * DAY_MS }),
  ];
  for (const event of past) {
    expect(applyEvent(live, event, plan, undefined).session).toBeUndefined();
  }
  const { profile } = after(live, ...past);
  const [device] = profile.devices;
  expect(device).toEqual({ ...before, firstSeenAt: T0 - 40 * DAY_MS });
  expect(cartTotalMinor(device?.cart ?? { updatedAt: 0, currency: '', items: {} })).toBe(20_000);
  expect(orderCount(profile.orders)).toBe(1);
  expect(profile.firstSeenAt).toBe(T0 - 40 * DAY_MS);
});

test('what comes a little late is of the visit under way', () => {
  const late = applyEvent(live, anEvent({ at: T0 - 29 * MINUTE_MS }), plan, undefined);
  expect(late.session?.id).toBe(before?.session.id);
  expect(late.session?.pages).toBe(2);
});

test('history that comes in its order has its visits', () => {
  const visits = [0, 1, 2].map((day) => anEvent({ at: T0 + day * DAY_MS }));
  expect(after(newProfile(aProfileId(), T0), ...visits).profile.devices[0]?.sessions).toBe(3);
});
