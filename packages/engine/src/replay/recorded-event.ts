import type { SiteEvent } from '@tenth/model/event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** One event of the log, not a bot's, with how the engine ran on it then: all that a replay needs. */
export interface RecordedEvent {
  /** Place in the log, as text; a person's events are run in its order. */
  readonly seq: string;
  /** The profile that it was filed under. */
  readonly profileId: ProfileId;
  readonly event: SiteEvent;
  /** The userId by which a profile that is not known yet becomes so. */
  readonly userId: string | undefined;
  /** The decision's moment; undefined for an event that nobody waited on. */
  readonly decideAt: EpochMs | undefined;
  readonly planVersion: number;
  /** The profile began with this event, or began anew. */
  readonly isFirst: boolean;
  /** The profile that was merged in before the event. */
  readonly absorbed: ProfileId | undefined;
}
