import type { SiteEvent } from '@tenth/model/event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import type { DeviceState, Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { emptyDevice, latestDevice, newProfile } from '../profile.ts';

/** The case: this person, on this device, at this event, now. Conditions read nothing else. */
export interface Moment {
  readonly profile: Profile;
  /** Undefined where nothing happens but time. */
  readonly event: SiteEvent | undefined;
  readonly deviceKey: string;
  readonly device: DeviceState;
  readonly now: EpochMs;
}

/** A moment that an event brings about. */
export interface EventMoment extends Moment {
  readonly event: SiteEvent;
}

/** A person without an event in hand, on the device that was active last. */
export function personMoment(profile: Profile, now: EpochMs): Moment {
  const device = latestDevice(profile) ?? emptyDevice;
  return { profile, event: undefined, deviceKey: device.key, device, now };
}

const firstVisit: DeviceState = { ...emptyDevice, sessions: 1 };

/** A person of whom nothing is known but that they have come; the id is nobody's, and the time is none. */
export const newcomer: Moment = personMoment(
  { ...newProfile('0'.repeat(26) as ProfileId, 0), devices: [firstVisit] },
  0,
);
