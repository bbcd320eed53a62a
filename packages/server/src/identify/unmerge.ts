import type { Plan } from '@tenth/engine/plan/plan.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import { type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import type { EventHistory, UnmergeStore } from './ports.ts';
import { separate } from './separate.ts';

export interface UnmergeDeps {
  readonly store: UnmergeStore;
  readonly history: EventHistory;
  readonly plans: { get(workspaceId: WorkspaceId): Plan };
  readonly now: () => EpochMs;
}

export interface Unmerged {
  readonly survivorId: ProfileId;
  readonly restoredId: ProfileId;
}

/** Events of one person are committed in order, but those of two requests may be received out of it. */
const OVERLAP_MS = MINUTE_MS;
/** A person so busy that each try is overtaken by an event can be tried again later. */
const MOST_TRIES = 10;

/**
 * Gives back both people of a merge: profiles, identifiers, and in the event log. Undone once, the
 * two are never merged again by themselves.
 *
 * @returns undefined when there is no such merge.
 * @throws {Problem} merge-undone-already; store-unavailable when the person is too busy.
 */
export async function unmerge(
  { store, history, plans, now }: UnmergeDeps,
  workspaceId: WorkspaceId,
  mergeId: string,
): Promise<Unmerged | undefined> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const stored = await store.readMerge(workspaceId, mergeId);
    if (stored === undefined) {
      return undefined;
    }
    const { merge, survivor, absorbedVersion } = stored;
    if (merge.undoneAt !== undefined) {
      throw new Problem('merge-undone-already', 'this merge has been undone already');
    }
    // Read after the profile: whatever is committed in between makes the write below fail.
    const past = await history.eventsSince(workspaceId, [merge.survivorId], merge.at - OVERLAP_MS);
    const separated = separate(stored, past, plans.get(workspaceId));
    const restoredVersion = absorbedVersion + 1;
    const isWritten = await store.writeUnmerge({
      merge,
      undoneAt: now(),
      survivor: { profile: separated.survivor, version: survivor.version + 1 },
      restored: { profile: separated.restored, version: restoredVersion },
      later: separated.later,
      personLinks: [
        { profileId: merge.absorbedId, personId: merge.absorbedId, version: restoredVersion },
      ],
    });
    if (isWritten) {
      return { survivorId: merge.survivorId, restoredId: merge.absorbedId };
    }
  }
  throw new Problem('store-unavailable', 'the person is busy; try again in a moment');
}
