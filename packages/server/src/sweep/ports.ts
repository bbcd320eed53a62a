import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';

export interface DuePerson {
  readonly workspaceId: WorkspaceId;
  readonly profileId: ProfileId;
}

/** Who is due to be looked at, since time alone may have changed their segments. */
export interface DueStore {
  /**
   * People who are due, the longest first. Where several servers share the store, no other is given
   * them before `heldUntil`; whoever is written sooner is free sooner.
   */
  take(now: EpochMs, limit: number, heldUntil: EpochMs): Promise<readonly DuePerson[]>;
  /** Puts off people who could not be looked at, so that they do not stand in the others' way. */
  postpone(people: readonly DuePerson[], until: EpochMs): Promise<void>;
  /** When the next person is due; undefined for never. */
  nextDueAt(): Promise<EpochMs | undefined>;
}
