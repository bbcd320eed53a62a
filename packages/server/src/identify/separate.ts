import { applyEvent } from '@tenth/engine/apply.ts';
import { decisionIdOf } from '@tenth/engine/hash.ts';
import { mergeProfiles } from '@tenth/engine/merge.ts';
import type { Plan } from '@tenth/engine/plan/plan.ts';
import { isRecentMessage, rememberMessage } from '@tenth/engine/recent-messages.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { LedgerEntry, Profile } from '@tenth/model/profile.ts';
import { identifierKey, identifiersOf } from './identifier.ts';
import type { LaterSnapshot, PastEvent, StoredMerge } from './ports.ts';

export interface Separated {
  readonly survivor: Profile;
  readonly restored: Profile;
  readonly later: readonly LaterSnapshot[];
}

/**
 * Both people of a merge, as if it had not happened: each from its snapshot, with the events since
 * then filed under whom they named. Decisions are not made again; those made since go with the event
 * that brought them about.
 *
 * @param history Events filed under the survivor around and since the merge, in the order of their
 *   commits. Those that a snapshot holds already are left out by their message ids.
 */
export function separate(
  { merge, survivor: stored, later }: StoredMerge,
  history: readonly PastEvent[],
  plan: Plan,
): Separated {
  const moved = new Set(merge.moved.map((one) => identifierKey(merge.workspaceId, one)));
  const isOfRestored = (event: SiteEvent): boolean => {
    const { user, anonymous } = identifiersOf(event);
    return (
      user === undefined &&
      anonymous !== undefined &&
      moved.has(identifierKey(merge.workspaceId, anonymous))
    );
  };
  const decided = new LedgerSince(stored.profile, merge.survivorBefore, merge.absorbedBefore);
  const ahead = new Map(later.map((one) => [one.messageId, one]));
  const snapshots: LaterSnapshot[] = [];
  let survivor = merge.survivorBefore;
  let restored = merge.absorbedBefore;

  for (const { event } of history) {
    if (isRecentMessage(survivor, event.messageId) || isRecentMessage(restored, event.messageId)) {
      continue;
    }
    const next = ahead.get(event.messageId);
    if (next !== undefined) {
      ahead.delete(event.messageId);
      snapshots.push({ mergeId: next.mergeId, survivorBefore: survivor });
      survivor = mergeProfiles(survivor, next.absorbedBefore);
    }
    if (isOfRestored(event)) {
      restored = replayed(restored, event, plan, decided.entriesOf(event));
    } else {
      survivor = replayed(survivor, event, plan, decided.entriesOf(event));
    }
  }
  for (const next of ahead.values()) {
    snapshots.push({ mergeId: next.mergeId, survivorBefore: survivor });
    survivor = mergeProfiles(survivor, next.absorbedBefore);
  }
  return {
    survivor: decided.finish(survivor),
    restored: decided.finish(restored),
    later: snapshots,
  };
}

function replayed(
  before: Profile,
  event: SiteEvent,
  plan: Plan,
  entries: readonly LedgerEntry[],
): Profile {
  const { profile } = applyEvent(before, event, plan, undefined);
  return rememberMessage(
    { ...profile, ledger: [...profile.ledger, ...entries] },
    event.messageId,
    event.receivedAt,
  );
}

/** What the merged person was shown since the merge, to be handed to whom it was shown. */
class LedgerSince {
  readonly #merged: Profile;
  readonly #unclaimed = new Map<string, LedgerEntry>();
  readonly #campaigns: readonly LedgerEntry['campaignId'][];

  constructor(merged: Profile, ...snapshots: readonly Profile[]) {
    const before = new Set(
      snapshots.flatMap(({ ledger }) => ledger.map(({ decisionId }) => decisionId)),
    );
    const since = merged.ledger.filter(({ decisionId }) => !before.has(decisionId));
    this.#merged = merged;
    for (const entry of since) {
      this.#unclaimed.set(entry.decisionId, entry);
    }
    this.#campaigns = [...new Set(since.map(({ campaignId }) => campaignId))];
  }

  entriesOf({ messageId }: SiteEvent): readonly LedgerEntry[] {
    const entries: LedgerEntry[] = [];
    for (const campaignId of this.#campaigns) {
      const id = decisionIdOf({ profileId: this.#merged.id, messageId, campaignId });
      const entry = this.#unclaimed.get(id);
      if (entry !== undefined) {
        this.#unclaimed.delete(id);
        entries.push(entry);
      }
    }
    return entries;
  }

  /** Brings the answers given since, and the arms drawn since for what was decided since. */
  finish(profile: Profile): Profile {
    const latest = new Map(this.#merged.ledger.map((entry) => [entry.decisionId, entry]));
    const ledger = profile.ledger.map((entry) => latest.get(entry.decisionId) ?? entry);
    const assignments = { ...profile.assignments };
    for (const { campaignId } of ledger) {
      const drawn = this.#merged.assignments[campaignId];
      if (assignments[campaignId] === undefined && drawn !== undefined) {
        assignments[campaignId] = drawn;
      }
    }
    // Half a person can be in other segments than the whole was, so all are looked at again.
    return { ...profile, ledger, assignments, evaluatedPlan: 0, dueAt: 0 };
  }
}
