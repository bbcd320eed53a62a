import type { SiteEvent } from '@tenth/model/event.ts';
import type { DeviceState, Profile } from '@tenth/model/profile.ts';
import { type Aggregate, addToCounter } from '../plan/aggregate.ts';
import type { Plan } from '../plan/plan.ts';
import { deviceKey, findDevice } from '../profile.ts';
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
  const before = findDevice(profile, key);
  const device = reduceDevice(before, key, event, aggregates, currency);
  // Written out field by field: spreading costs several times as much, on the hottest of paths.
  return {
    id: profile.id,
    firstSeenAt: Math.min(profile.firstSeenAt, event.at),
    lastSeenAt: Math.max(profile.lastSeenAt, event.at),
    userId: profile.userId,
    traits: reduceTraits(profile.traits, event),
    devices: withDevice(profile.devices, before, device),
    counters: reduceCounters(profile.counters, event, aggregates),
    affinities: reduceAffinities(profile.affinities, event),
    orders: reduceOrders(profile.orders, event, currency),
    evaluatedPlan: profile.evaluatedPlan,
    segments: profile.segments,
    assignments: profile.assignments,
    ledger: reduceFeedback(profile.ledger, event),
    ledgerOlder: profile.ledgerOlder,
    recentMessages: profile.recentMessages,
  };
}

function withDevice(
  devices: readonly DeviceState[],
  before: DeviceState | undefined,
  device: DeviceState,
): readonly DeviceState[] {
  if (before === undefined) {
    return [...devices, device];
  }
  return devices.length === 1 ? [device] : devices.with(devices.indexOf(before), device);
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
  return {
    key,
    firstSeenAt: before === undefined ? event.at : Math.min(before.firstSeenAt, event.at),
    sessions: (before?.sessions ?? 0) + (isNew ? 1 : 0),
    session: continueSession(open, event, reduceSessionCounts(open.counts, event, aggregates)),
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
