import type { SiteEvent } from '@tenth/model/event.ts';
import type { DeviceState, Profile } from '@tenth/model/profile.ts';
import { type Aggregate, addToCounter } from '../plan/aggregate.ts';
import type { Plan } from '../plan/plan.ts';
import { deviceKey } from '../profile.ts';
import { reduceAffinities } from './affinity.ts';
import { emptyCart, reduceCart } from './cart.ts';
import { reduceFeedback } from './feedback.ts';
import { reduceOrders } from './orders.ts';
import { continueSession, openSession, startsSession } from './session.ts';
import { reduceTraits } from './traits.ts';

/**
 * The profile after one more event: session, cart, counters, interests, orders, traits, and the
 * answers to messages. Pure; segments are the evaluate stage's, decisions the decide stage's.
 */
export function reduce(profile: Profile, event: SiteEvent, plan: Plan): Profile {
  const key = deviceKey(event);
  const { currency } = plan.settings;
  const aggregates = plan.aggregatesFor(event);
  const device = reduceDevice(profile.devices[key], key, event, aggregates, currency);
  return {
    ...profile,
    firstSeenAt: Math.min(profile.firstSeenAt, event.at),
    lastSeenAt: Math.max(profile.lastSeenAt, event.at),
    traits: reduceTraits(profile.traits, event),
    devices: { ...profile.devices, [key]: device },
    counters: reduceCounters(profile.counters, event, aggregates),
    affinities: reduceAffinities(profile.affinities, event),
    orders: reduceOrders(profile.orders, event, currency),
    ledger: reduceFeedback(profile.ledger, event),
  };
}

function reduceDevice(
  before: DeviceState | undefined,
  key: string,
  event: SiteEvent,
  aggregates: readonly Aggregate[],
  currency: string,
): DeviceState {
  const isNew = before === undefined || startsSession(before.session, event);
  const open = isNew ? openSession(key, event) : before.session;
  const session = continueSession(open, event);
  return {
    firstSeenAt: before === undefined ? event.at : Math.min(before.firstSeenAt, event.at),
    sessions: (before?.sessions ?? 0) + (isNew ? 1 : 0),
    session: { ...session, counts: reduceSessionCounts(session.counts, event, aggregates) },
    cart: reduceCart(before?.cart ?? emptyCart, event, currency),
  };
}

function reduceSessionCounts(
  counts: Readonly<Record<string, number>>,
  event: SiteEvent,
  aggregates: readonly Aggregate[],
): Readonly<Record<string, number>> {
  let changed: Record<string, number> | undefined;
  for (const aggregate of aggregates) {
    if (aggregate.window.kind === 'session' && aggregate.matches(event)) {
      changed ??= { ...counts };
      changed[aggregate.id] = (changed[aggregate.id] ?? 0) + 1;
    }
  }
  return changed ?? counts;
}

function reduceCounters(
  counters: Profile['counters'],
  event: SiteEvent,
  aggregates: readonly Aggregate[],
): Profile['counters'] {
  let changed: Record<string, Profile['counters'][string]> | undefined;
  for (const aggregate of aggregates) {
    if (aggregate.window.kind !== 'session' && aggregate.matches(event)) {
      changed ??= { ...counters };
      changed[aggregate.id] = addToCounter(changed[aggregate.id], aggregate, event.at);
    }
  }
  return changed ?? counters;
}
