import { latestDevice, sessionsSeenFrom } from '@tenth/engine/profile.ts';
import { readAffinity } from '@tenth/engine/reduce/affinity.ts';
import { cartQuantity, cartTotalMinor } from '@tenth/engine/reduce/cart.ts';
import { orderCount, orderTotals } from '@tenth/engine/reduce/orders.ts';
import type { Person, PersonSummary } from '@tenth/model/person.ts';
import type { Cart, DeviceState, LedgerEntry, Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { FoundPerson } from '../ports.ts';

const iso = (at: EpochMs): string => new Date(at).toISOString();

export function toPersonSummary({ profile, identifiers }: FoundPerson): PersonSummary {
  const known = identifiers.filter(({ kind }) => kind === 'anonymous_id').map(({ value }) => value);
  return {
    profileId: profile.id,
    userId: profile.userId ?? null,
    anonymousIds: known.length > 0 ? known : Object.keys(profile.devices).filter(Boolean),
    name: nameOf(profile),
    email: textTrait(profile, 'email'),
    firstSeenAt: iso(profile.firstSeenAt),
    lastSeenAt: iso(profile.lastSeenAt),
    sessions: sessionsSeenFrom(profile, ''),
    orders: orderCount(profile.orders),
  };
}

/** @param now Affinities fade, so they are read as of a moment; and reservations run out. */
export function toPerson(found: FoundPerson, now: EpochMs): Omit<Person, 'consents'> {
  const { profile, identifiers } = found;
  const device = latestDevice(profile);
  return {
    ...toPersonSummary(found),
    identifiers: identifiers.map(({ kind, value }) => ({ kind, value })),
    traits: Object.fromEntries(
      Object.entries(profile.traits).map(([name, { value, at, isVerified }]) => [
        name,
        // The same JSON; the reply's type leaves out `readonly`.
        { value: value as Person['traits'][string]['value'], at: iso(at), isVerified },
      ]),
    ),
    segments: profile.segments.map(({ segmentId, enteredAt }) => ({
      segmentId,
      enteredAt: iso(enteredAt),
    })),
    affinities: Object.fromEntries(
      Object.entries(profile.affinities).map(([dimension, affinity]) => [
        dimension,
        [...readAffinity(affinity, now)],
      ]),
    ),
    orderTotals: { ...orderTotals(profile.orders) },
    session: device === undefined ? null : toSession(device, profile),
    cart: device === undefined ? null : toCart(device.cart),
    ledger: [...profile.ledger].reverse().map((entry) => ({
      decisionId: entry.decisionId,
      campaignId: entry.campaignId,
      variantId: entry.variantId,
      arm: entry.arm,
      at: iso(entry.at),
      state: ledgerState(entry, now),
    })),
  };
}

function toSession({ session }: DeviceState, profile: Profile): NonNullable<Person['session']> {
  return {
    sessionId: session.id,
    startedAt: iso(session.startedAt),
    lastAt: iso(session.lastAt),
    pages: session.pages,
    channel: session.channel,
    source: session.source,
    campaign: session.campaign,
    keyword: session.keyword,
    landingPath: session.landingPath,
    landingCategory: session.landingCategory,
    device: session.device,
    isNewVisitor: sessionsSeenFrom(profile, '') <= 1,
  };
}

function toCart(cart: Cart): Person['cart'] {
  const items = Object.entries(cart.items);
  if (items.length === 0) {
    return null;
  }
  return {
    currency: cart.currency,
    totalMinor: cartTotalMinor(cart),
    quantity: cartQuantity(cart),
    items: items.map(([productId, { name, quantity, priceMinor }]) => ({
      productId,
      name,
      quantity,
      priceMinor,
    })),
  };
}

function ledgerState(entry: LedgerEntry, now: EpochMs): Person['ledger'][number]['state'] {
  if (entry.arm === 'holdout') {
    return 'withheld';
  }
  if (entry.clickedAt !== undefined) {
    return 'clicked';
  }
  if (entry.dismissedAt !== undefined) {
    return 'dismissed';
  }
  if (entry.seenAt !== undefined) {
    return 'seen';
  }
  return now < entry.expiresAt ? 'reserved' : 'released';
}

function nameOf(profile: Profile): string | null {
  const whole = textTrait(profile, 'name');
  if (whole !== null) {
    return whole;
  }
  const first = textTrait(profile, 'firstName');
  const last = textTrait(profile, 'lastName');
  return first === null && last === null ? null : [first, last].filter(Boolean).join(' ');
}

function textTrait(profile: Profile, name: string): string | null {
  const value = profile.traits[name]?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}
