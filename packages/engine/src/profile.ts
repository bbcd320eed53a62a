import type { ProfileId, SessionId } from '@tenth/model/ids.ts';
import type { DeviceState, Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { noAggregates } from './aggregate/aggregates.ts';
import { murmur3 } from './murmur3.ts';
import { emptyCart } from './reduce/cart.ts';

/** A person of whom nothing is known yet. */
export function newProfile(id: ProfileId, at: EpochMs): Profile {
  return {
    id,
    firstSeenAt: at,
    lastSeenAt: at,
    userId: undefined,
    traits: {},
    devices: [],
    aggregates: noAggregates,
    affinities: {},
    orders: { recent: {}, older: { count: 0, totals: {} }, firstAt: undefined, lastAt: undefined },
    evaluatedPlan: 0,
    evaluatedAsMember: false,
    dueAt: undefined,
    sweptAt: undefined,
    segments: [],
    assignments: {},
    ledger: [],
    ledgerOlder: {},
    recentMessages: [],
  };
}

/** The state of the device that an event came from. */
export function findDevice(profile: Profile, key: string): DeviceState | undefined {
  for (const device of profile.devices) {
    if (device.key === key) {
      return device;
    }
  }
  return undefined;
}

/** Key of the device that an event came from; empty for a server that names none. */
export function deviceKey(event: { readonly anonymousId: string | undefined }): string {
  return event.anonymousId ?? '';
}

/**
 * Sessions a person has had, as seen from one device. What a server reports without a device is no
 * visit of the person, so it does not make a first-time visitor a returning one.
 */
export function sessionsSeenFrom(profile: Profile, device: string): number {
  let sessions = 0;
  for (const { key, sessions: ofDevice } of profile.devices) {
    if (key !== '' || device === '') {
      sessions += ofDevice;
    }
  }
  return sessions;
}

/** The device that was active last, if any; of two at the same moment, the one whose key sorts last. */
export function latestDevice(profile: Profile): DeviceState | undefined {
  let latest: DeviceState | undefined;
  for (const state of profile.devices) {
    if (latest === undefined || isLater(state, latest)) {
      latest = state;
    }
  }
  return latest;
}

function isLater(left: DeviceState, right: DeviceState): boolean {
  return left.session.lastAt === right.session.lastAt
    ? tieOf(left) > tieOf(right)
    : left.session.lastAt > right.session.lastAt;
}

/** Of devices active at the same moment, any will do, but everywhere the same: 21 bits, as the log's SQL takes. */
function tieOf({ key }: DeviceState): number {
  return murmur3(key) >>> 11;
}

/** Stands for the device of a person who has none; its session has no facts. */
export const emptyDevice: DeviceState = {
  key: '',
  firstSeenAt: 0,
  sessions: 0,
  session: {
    // Of no session; nothing files anything under it.
    id: '' as SessionId,
    startedAt: 0,
    lastAt: 0,
    pages: 0,
    channel: 'direct',
    source: '',
    medium: '',
    campaign: '',
    content: '',
    keyword: '',
    referrerHost: '',
    landingPath: '',
    landingCategory: '',
    device: 'other',
    os: '',
    browser: '',
    country: '',
    region: '',
    city: '',
    timeZone: '',
    aggregates: noAggregates,
  },
  cart: emptyCart,
};

/** The text that the store keeps. Fields that are undefined are left out and come back as undefined. */
export function encodeProfile(profile: Profile): string {
  return JSON.stringify(profile);
}

/** Reads what {@link encodeProfile} wrote, now or before; the store holds nothing else, so the shape is trusted. */
export function decodeProfile(text: string): Profile {
  const stored = JSON.parse(text) as Profile | ProfileOfCounters;
  return 'aggregates' in stored ? stored : upgraded(stored);
}

/** A profile as version 0.1 wrote it, as far as it differs; other counts were kept, by days of UTC. */
interface ProfileOfCounters
  extends Omit<Profile, 'aggregates' | 'dueAt' | 'sweptAt' | 'evaluatedAsMember' | 'devices'> {
  readonly counters: unknown;
  readonly devices: readonly (Omit<DeviceState, 'session'> & {
    readonly session: Omit<DeviceState['session'], keyof typeof newInSession>;
  })[];
}

const newInSession = {
  country: '',
  region: '',
  city: '',
  timeZone: '',
  aggregates: noAggregates,
} as const;

/** What was counted begins anew, and all segments are looked at again. */
function upgraded({ counters: _, ...profile }: ProfileOfCounters): Profile {
  return {
    ...profile,
    devices: profile.devices.map((device) => ({
      ...device,
      session: { ...device.session, ...newInSession },
    })),
    aggregates: noAggregates,
    evaluatedPlan: 0,
    evaluatedAsMember: false,
    dueAt: 0,
    sweptAt: undefined,
    segments: profile.segments.toSorted((one, other) => (one.segmentId < other.segmentId ? -1 : 1)),
  };
}
