import type { ProfileId } from '@tenth/model/ids.ts';
import type { DeviceState, Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** A person of whom nothing is known yet. */
export function newProfile(id: ProfileId, at: EpochMs): Profile {
  return {
    id,
    firstSeenAt: at,
    lastSeenAt: at,
    userId: undefined,
    traits: {},
    devices: [],
    counters: {},
    affinities: {},
    orders: { recent: {}, older: { count: 0, totals: {} }, firstAt: undefined, lastAt: undefined },
    evaluatedPlan: 0,
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

/** The device that was active last, if any. */
export function latestDevice(profile: Profile): DeviceState | undefined {
  let latest: DeviceState | undefined;
  for (const state of profile.devices) {
    if (latest === undefined || state.session.lastAt > latest.session.lastAt) {
      latest = state;
    }
  }
  return latest;
}

/** The text that the store keeps. Fields that are undefined are left out and come back as undefined. */
export function encodeProfile(profile: Profile): string {
  return JSON.stringify(profile);
}

/** Reads what {@link encodeProfile} wrote; the store holds nothing else, so the shape is trusted. */
export function decodeProfile(text: string): Profile {
  return JSON.parse(text) as Profile;
}
