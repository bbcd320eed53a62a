import type { DeviceState, Membership, Profile, Trait } from '@tenth/model/profile.ts';
import { mergeAssignments } from './decide/assignment.ts';
import { mergeLedgers } from './decide/ledger.ts';
import { addCounters } from './plan/aggregate.ts';
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
    counters: mergeMaps(survivor.counters, absorbed.counters, addCounters),
    affinities: mergeAffinities(survivor.affinities, absorbed.affinities),
    orders: mergeOrders(survivor.orders, absorbed.orders),
    // Two halves can make a whole that is in other segments than either, so all are looked at again.
    evaluatedPlan: 0,
    segments: mergeMemberships(survivor.segments, absorbed.segments),
    assignments: mergeAssignments(survivor.assignments, absorbed.assignments),
    ...mergeLedgers(survivor, absorbed),
    recentMessages: mergeRecentMessages(survivor.recentMessages, absorbed.recentMessages),
  };
}

function mergeMemberships(
  left: readonly Membership[],
  right: readonly Membership[],
): readonly Membership[] {
  const entries = new Map(left.map(({ segmentId, enteredAt }) => [segmentId, enteredAt]));
  for (const { segmentId, enteredAt } of right) {
    entries.set(segmentId, Math.min(entries.get(segmentId) ?? enteredAt, enteredAt));
  }
  return [...entries].map(([segmentId, enteredAt]) => ({ segmentId, enteredAt }));
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

/** A device has two states only when two people took turns on it: its latest visit and cart stand. */
function mergeDevices(left: DeviceState, right: DeviceState): DeviceState {
  const later = left.session.lastAt >= right.session.lastAt ? left : right;
  return {
    key: left.key,
    firstSeenAt: Math.min(left.firstSeenAt, right.firstSeenAt),
    sessions: left.sessions + right.sessions,
    session: later.session,
    cart: left.cart.updatedAt >= right.cart.updatedAt ? left.cart : right.cart,
  };
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
