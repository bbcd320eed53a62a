import type { CampaignId } from '@tenth/model/ids.ts';
import type { LedgerEntry, Profile } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import { type CapLimits, neededEntries } from './needed-entries.ts';

/** No cap but the one without a window looks further back than a week; a day more for late answers. */
const KEPT_MS = 8 * DAY_MS;
/** More are kept only where caps still ask for them, which bound how many that can be. */
const MOST_ENTRIES = 80;

/** Whether an entry takes a place in the caps: withheld, seen, or still reserved. */
export function takesPlace(entry: LedgerEntry, now: EpochMs): boolean {
  return entry.arm === 'holdout' || entry.seenAt !== undefined || now < entry.expiresAt;
}

/**
 * Adds a decision to the ledger. Entries too old for any window are folded into counts, and in a long
 * ledger those that no cap can ask for any more.
 */
export function addToLedger(
  profile: Profile,
  entry: LedgerEntry,
  now: EpochMs,
  limits: CapLimits,
): Profile {
  const recent = foldOld([...profile.ledger, entry], profile.ledgerOlder, now);
  return { ...profile, ...foldSurplus(recent, now, limits) };
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
  return foldOld([...entries.values()], older, newest);
}

type Ledger = Pick<Profile, 'ledger' | 'ledgerOlder'>;

function foldOld(
  entries: readonly LedgerEntry[],
  before: Profile['ledgerOlder'],
  now: EpochMs,
): Ledger {
  const ledger = [...entries].sort(
    (left, right) => left.at - right.at || (left.decisionId < right.decisionId ? -1 : 1),
  );
  return fold({ ledger, ledgerOlder: before }, now, ({ at }) => at > now - KEPT_MS);
}

/** The oldest that are not needed go first. */
function foldSurplus(before: Ledger, now: EpochMs, limits: CapLimits): Ledger {
  let surplus = before.ledger.length - MOST_ENTRIES;
  if (surplus <= 0) {
    return before;
  }
  const needed = neededEntries(before.ledger, limits, now);
  return fold(before, now, (entry) => {
    const isKept = surplus <= 0 || needed.has(entry);
    surplus -= isKept ? 0 : 1;
    return isKept;
  });
}

/** @param isKept Asked of each entry, the oldest first. */
function fold(before: Ledger, now: EpochMs, isKept: (entry: LedgerEntry) => boolean): Ledger {
  const ledger: LedgerEntry[] = [];
  const older: Record<CampaignId, number> = { ...before.ledgerOlder };
  for (const entry of before.ledger) {
    if (isKept(entry)) {
      ledger.push(entry);
    } else if (takesPlace(entry, now)) {
      older[entry.campaignId] = (older[entry.campaignId] ?? 0) + 1;
    }
  }
  return { ledger, ledgerOlder: older };
}
