import { isSegmentEvent, type SiteEvent } from '@tenth/model/event.ts';
import type { Aggregates, DeviceState, Profile, Session } from '@tenth/model/profile.ts';
import { ChangedAggregates } from '../aggregate/aggregates.ts';
import type { Aggregate } from '../aggregate/compile-aggregate.ts';
import type { Plan } from '../plan/plan.ts';
import { deviceKey, emptyDevice, findDevice } from '../profile.ts';
import { reduceAffinities } from './affinity.ts';
import { emptyCart, reduceCart } from './cart.ts';
import { reduceFeedback } from './feedback.ts';
import { reduceOrders } from './orders.ts';
import { continueSession, isOfEarlierVisit, openSession, startsSession } from './session.ts';
import { reduceTraits } from './traits.ts';

export interface Reduced {
  readonly profile: Profile;
  /** The event's device, before and after it. */
  readonly deviceBefore: DeviceState | undefined;
  readonly device: DeviceState;
  /** The visit that the event is of; undefined for one that was over before the device's present one. */
  readonly session: Session | undefined;
  /** Those with another state. */
  readonly changedAggregates: readonly Aggregate[];
}

/**
 * The profile after one more event: session, cart, aggregates, interests, orders, traits, and the
 * answers to messages. Pure; segments are the evaluate stage's, decisions the decide stage's.
 */
export function reduce(profile: Profile, event: SiteEvent, plan: Plan): Reduced {
  if (isSegmentEvent(event)) {
    return reduceSegmentEvent(profile, event, plan);
  }
  const key = deviceKey(event);
  const { currency } = plan.settings;
  const before = findDevice(profile, key);
  const isNewSession = before === undefined || startsSession(before.session, event);
  const session = isNewSession ? openSession(key, event) : before.session;
  const { ofPerson, ofSession, changed } = reduceAggregates(
    profile,
    session.aggregates,
    event,
    plan,
  );
  const isPast = before !== undefined && isOfEarlierVisit(before.session, event);
  const device: DeviceState = isPast
    ? { ...before, firstSeenAt: Math.min(before.firstSeenAt, event.at) }
    : {
        key,
        firstSeenAt: before === undefined ? event.at : Math.min(before.firstSeenAt, event.at),
        sessions: (before?.sessions ?? 0) + (isNewSession ? 1 : 0),
        session: continueSession(session, event, ofSession),
        cart: reduceCart(before?.cart ?? emptyCart, event, currency),
      };
  // Written out field by field: spreading costs several times as much, on the hottest of paths.
  const after: Profile = {
    id: profile.id,
    firstSeenAt: Math.min(profile.firstSeenAt, event.at),
    lastSeenAt: Math.max(profile.lastSeenAt, event.at),
    userId: profile.userId,
    traits: reduceTraits(profile.traits, event),
    devices: withDevice(profile.devices, before, device),
    aggregates: ofPerson,
    affinities: reduceAffinities(profile.affinities, event),
    orders: reduceOrders(profile.orders, event, currency),
    evaluatedPlan: profile.evaluatedPlan,
    evaluatedAsMember: profile.evaluatedAsMember,
    dueAt: profile.dueAt,
    sweptAt: profile.sweptAt,
    segments: profile.segments,
    assignments: profile.assignments,
    ledger: reduceFeedback(profile.ledger, event),
    ledgerOlder: profile.ledgerOlder,
    recentMessages: profile.recentMessages,
  };
  return {
    profile: after,
    deviceBefore: before,
    device,
    session: isPast ? undefined : device.session,
    changedAggregates: changed,
  };
}

/**
 * Somebody came into a segment or left it: that is counted, like any event, but nobody did anything, so
 * no visit begins or goes on. It is filed under the visit that its device is on, if there is one.
 */
function reduceSegmentEvent(profile: Profile, event: SiteEvent, plan: Plan): Reduced {
  const key = deviceKey(event);
  const before = findDevice(profile, key);
  const session = before?.session ?? emptyDevice.session;
  const { ofPerson, ofSession, changed } = reduceAggregates(
    profile,
    session.aggregates,
    event,
    plan,
  );
  if (before === undefined) {
    const device = { ...emptyDevice, key };
    return {
      profile: { ...profile, aggregates: ofPerson },
      deviceBefore: device,
      device,
      session: device.session,
      changedAggregates: changed,
    };
  }
  const device =
    ofSession === session.aggregates
      ? before
      : { ...before, session: { ...session, aggregates: ofSession } };
  const devices = device === before ? profile.devices : withDevice(profile.devices, before, device);
  return {
    profile: { ...profile, devices, aggregates: ofPerson },
    deviceBefore: before,
    device,
    session: device.session,
    changedAggregates: changed,
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

interface ReducedAggregates {
  readonly ofPerson: Aggregates;
  readonly ofSession: Aggregates;
  readonly changed: readonly Aggregate[];
}

const nothing: readonly never[] = [];

function reduceAggregates(
  profile: Profile,
  sessionBefore: Aggregates,
  event: SiteEvent,
  plan: Plan,
): ReducedAggregates {
  const matching = plan.aggregatesFor(event);
  if (matching.length === 0) {
    return { ofPerson: profile.aggregates, ofSession: sessionBefore, changed: nothing };
  }
  const changed: Aggregate[] = [];
  const ofPerson = new ChangedAggregates(profile.aggregates);
  const ofSession = new ChangedAggregates(sessionBefore);
  for (const aggregate of matching) {
    const { id, part } = aggregate;
    const aggregates = aggregate.isOfSession ? ofSession : ofPerson;
    const before = aggregates.read(id, part);
    const after = aggregate.add(before, event);
    if (after !== undefined && after !== before) {
      aggregates.write(id, after, part);
      changed.push(aggregate);
    }
  }
  return { ofPerson: ofPerson.done(), ofSession: ofSession.done(), changed };
}
