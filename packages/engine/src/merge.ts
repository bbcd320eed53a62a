import type { DeviceState, Membership, Profile, Trait } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { mergeAggregates } from './aggregate/aggregates.ts';
import { mergeAssignments } from './decide/assignment.ts';
import { mergeLedgers } from './decide/ledger.ts';
import { mergeRecentMessages } from './recent-messages.ts';
import { mergeAffinities } from './reduce/affinity.ts';
import { mergeOrders } from './reduce/orders.ts';
import { laterTrait } from './reduce/traits.ts';

/**
 * One profile of two: the same as if one person's profile had seen both histories. The survivor
 * keeps its id and, when both are known, its userId.
 */
export function mergeProfiles(survivor: Profile, absorbed: Profile): Profile {
  return {
    id: survivor.id,
    firstSeenAt: Math.min(survivor.firstSeenAt, absorbed.firstSeenAt),
    lastSeenAt: Math.max(survivor.lastSeenAt, absorbed.lastSeenAt),
    userId: survivor.userId ?? absorbed.userId,
    traits: mergeMaps<Trait>(survivor.traits, absorbed.traits, laterTrait),
    devices: mergeDeviceLists(survivor.devices, absorbed.devices),
    aggregates: mergeAggregates(survivor.aggregates, absorbed.aggregates),
    affinities: mergeAffinities(survivor.affinities, absorbed.affinities),
    orders: mergeOrders(survivor.orders, absorbed.orders),
    // Two halves can make a whole that is in other segments than either, so all are looked at again.
    evaluatedPlan: 0,
    evaluatedAsMember: false,
    dueAt: 0,
    sweptAt: laterOf(survivor.sweptAt, absorbed.sweptAt),
    segments: mergeMemberships(survivor.segments, absorbed.segments),
    assignments: mergeAssignments(survivor.assignments, absorbed.assignments),
    ...mergeLedgers(survivor, absorbed),
    recentMessages: mergeRecentMessages(survivor.recentMessages, absorbed.recentMessages),
  };
}

function laterOf(left: EpochMs | undefined, right: EpochMs | undefined): EpochMs | undefined {
  return left === undefined || right === undefined ? (left ?? right) : Math.max(left, right);
}

function mergeMemberships(
  left: readonly Membership[],
  right: readonly Membership[],
): readonly Membership[] {
  const entries = new Map(left.map(({ segmentId, enteredAt }) => [segmentId, enteredAt]));
  for (const { segmentId, enteredAt } of right) {
    entries.set(segmentId, Math.min(entries.get(segmentId) ?? enteredAt, enteredAt));
  }
  return [...entries]
    .map(([segmentId, enteredAt]) => ({ segmentId, enteredAt }))
    .sort((one, other) => (one.segmentId < other.segmentId ? -1 : 1));
}

function mergeDeviceLists(
  left: readonly DeviceState[],
  right: readonly DeviceState[],
): readonly DeviceState[] {
  const devices = new Map(left.map((device) => [device.key, device]));
  for (const device of right) {
    const ours = devices.get(device.key);
    devices.set(device.key, ours === undefined ? device : mergeDevices(ours, device));
  }
  return [...devices.values()];
}

/** A device has two states only when two people took turns on it: its later visit and that visit's cart stand. */
function mergeDevices(left: DeviceState, right: DeviceState): DeviceState {
  const { session, cart } = laterState(left, right);
  return {
    key: left.key,
    firstSeenAt: Math.min(left.firstSeenAt, right.firstSeenAt),
    sessions: left.sessions + right.sessions,
    session,
    cart,
  };
}

/** Of two at the same moment, the one whose text sorts last, so that it does not matter who asks. */
function laterState(left: DeviceState, right: DeviceState): DeviceState {
  if (left.session.lastAt !== right.session.lastAt) {
    return left.session.lastAt > right.session.lastAt ? left : right;
  }
  if (left.cart.updatedAt !== right.cart.updatedAt) {
    return left.cart.updatedAt > right.cart.updatedAt ? left : right;
  }
  const text = ({ session, cart }: DeviceState) => JSON.stringify([session, cart]);
  return text(left) >= text(right) ? left : right;
}

function mergeMaps<Value, Key extends string = string>(
  left: Readonly<Record<Key, Value>>,
  right: Readonly<Record<Key, Value>>,
  both: (left: Value, right: Value, key: Key) => Value,
): Readonly<Record<Key, Value>> {
  const merged: Record<Key, Value> = { ...left };
  for (const key in right) {
    if (Object.hasOwn(right, key)) {
      const ours = left[key];
      merged[key] = Object.hasOwn(left, key) ? both(ours, right[key], key) : right[key];
    }
  }
  return merged;
}
