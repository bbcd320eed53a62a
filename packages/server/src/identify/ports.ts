import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId, ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { PersonLink } from '@tenth/model/log-record.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Identifier } from './identifier.ts';

/** A merge as it is remembered: all that is needed to give both people back. */
export interface MergeRecord {
  readonly workspaceId: WorkspaceId;
  readonly mergeId: string;
  readonly at: EpochMs;
  /** The event that showed both to be one person. */
  readonly messageId: MessageId;
  readonly reason: MergeReason;
  readonly survivorId: ProfileId;
  readonly absorbedId: ProfileId;
  readonly survivorBefore: Profile;
  readonly absorbedBefore: Profile;
  /** Identifiers that pointed to the absorbed profile. */
  readonly moved: readonly Identifier[];
  readonly undoneAt: EpochMs | undefined;
}

export type MergeReason = 'signed_in' | 'alias';

/** A merge to be undone, with both profiles as they are stored now. */
export interface StoredMerge {
  readonly merge: MergeRecord;
  readonly survivor: { readonly profile: Profile; readonly version: number };
  readonly absorbedVersion: number;
  /** Merges into the same survivor since then that stand, the oldest first. */
  readonly later: readonly MergeRecord[];
}

/** What undoing a merge writes, all or nothing. */
export interface Unmerge {
  readonly merge: MergeRecord;
  readonly undoneAt: EpochMs;
  readonly survivor: { readonly profile: Profile; readonly version: number };
  readonly restored: { readonly profile: Profile; readonly version: number };
  /** The survivor before each later merge, without the restored person. */
  readonly later: readonly LaterSnapshot[];
  readonly personLinks: readonly PersonLink[];
}

export interface LaterSnapshot {
  readonly mergeId: string;
  readonly survivorBefore: Profile;
}

export interface UnmergeStore {
  readMerge(workspaceId: WorkspaceId, mergeId: string): Promise<StoredMerge | undefined>;
  /** False, and nothing written, when a profile has changed since it was read. */
  writeUnmerge(unmerge: Unmerge): Promise<boolean>;
}

/** An event as the event log keeps it. */
export interface PastEvent {
  readonly event: SiteEvent;
  readonly profileId: ProfileId;
}

export interface EventHistory {
  /**
   * Events filed under these profiles and received at or after `since`, in the order they were
   * committed. Everything committed before the call is included.
   */
  eventsSince(
    workspaceId: WorkspaceId,
    profileIds: readonly ProfileId[],
    since: EpochMs,
  ): Promise<readonly PastEvent[]>;
}
