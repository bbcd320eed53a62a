import type { CampaignId } from '@tenth/model/ids.ts';
import type { LedgerEntry, Profile } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';

/** No cap but the one without a window looks further back than a week; a day more for late answers. */
const KEPT_MS = 8 * DAY_MS;
const MOST_ENTRIES = 80;

/** Whether an entry takes a place in the caps: withheld, seen, or still reserved. */
export function takesPlace(entry: LedgerEntry, now: EpochMs): boolean {
  return entry.arm === 'holdout' || entry.seenAt !== undefined || now < entry.expiresAt;
}

/** Adds decisions to the ledger; entries too old for any window are folded into counts. */
export function addToLedger(
  profile: Profile,
  entries: readonly LedgerEntry[],
  now: EpochMs,
): Profile {
  return entries.length === 0
    ? profile
    : { ...profile, ...foldLedger([...profile.ledger, ...entries], profile.ledgerOlder, now) };
}

export function mergeLedgers(
  left: Profile,
  right: Profile,
): Pick<Profile, 'ledger' | 'ledgerOlder'> {
  const entries = new Map<string, LedgerEntry>();
  for (const entry of [...left.ledger, ...right.ledger]) {
    entries.set(entry.decisionId, entry);
  }
  const older: Record<CampaignId, number> = { ...left.ledgerOlder };
  for (const [id, count] of Object.entries(right.ledgerOlder)) {
    // Object.entries widens the key; it is a campaign's id as it was.
    const campaignId = id as CampaignId;
    older[campaignId] = (older[campaignId] ?? 0) + count;
  }
  const newest = Math.max(left.lastSeenAt, right.lastSeenAt);
  return foldLedger([...entries.values()], older, newest);
}

function foldLedger(
  entries: readonly LedgerEntry[],
  before: Profile['ledgerOlder'],
  now: EpochMs,
): Pick<Profile, 'ledger' | 'ledgerOlder'> {
  const sorted = [...entries].sort(
    (left, right) => left.at - right.at || (left.decisionId < right.decisionId ? -1 : 1),
  );
  const surplus = sorted.length - MOST_ENTRIES;
  const kept: LedgerEntry[] = [];
  const older: Record<CampaignId, number> = { ...before };
  sorted.forEach((entry, index) => {
    if (entry.at > now - KEPT_MS && index >= surplus) {
      kept.push(entry);
    } else if (takesPlace(entry, now)) {
      older[entry.campaignId] = (older[entry.campaignId] ?? 0) + 1;
    }
  });
  return { ledger: kept, ledgerOlder: older };
}
