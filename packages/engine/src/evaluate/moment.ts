import type { SiteEvent } from '@tenth/model/event.ts';
import type { DeviceState, Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** The case: this person, on this device, at this event, now. Conditions read nothing else. */
export interface Moment {
  readonly profile: Profile;
  readonly event: SiteEvent;
  readonly deviceKey: string;
  readonly device: DeviceState;
  readonly now: EpochMs;
}
