import { messageEvents, type SiteEvent } from '@tenth/model/event.ts';
import type { LedgerEntry } from '@tenth/model/profile.ts';

const names: ReadonlySet<string> = new Set(Object.values(messageEvents));

/** Writes how a person answered a message (`Message Seen`, `Clicked`, `Dismissed`) into the ledger. */
export function reduceFeedback(
  ledger: readonly LedgerEntry[],
  event: SiteEvent,
): readonly LedgerEntry[] {
  if (event.type !== 'track' || !names.has(event.name)) {
    return ledger;
  }
  const decisionId = event.properties['decision_id'];
  const index = ledger.findIndex((entry) => entry.decisionId === decisionId);
  const entry = ledger[index];
  // Nobody can have seen what was withheld from them.
  if (entry === undefined || entry.arm === 'holdout') {
    return ledger;
  }
  return ledger.with(index, answered(entry, event));
}

/** A click or a dismissal proves the message was seen, even when that event is still on its way. */
function answered(entry: LedgerEntry, event: SiteEvent): LedgerEntry {
  const seenAt = first(entry.seenAt, event.at);
  switch (event.name) {
    case messageEvents.clicked:
      return { ...entry, seenAt, clickedAt: first(entry.clickedAt, event.at) };
    case messageEvents.dismissed:
      return { ...entry, seenAt, dismissedAt: first(entry.dismissedAt, event.at), isOpen: false };
    default:
      return { ...entry, seenAt };
  }
}

function first(before: number | undefined, at: number): number {
  return before === undefined ? at : Math.min(before, at);
}
