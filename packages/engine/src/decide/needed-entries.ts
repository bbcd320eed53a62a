import type { Caps, PersonCaps } from '@tenth/model/campaign.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import type { LedgerEntry } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs, HOUR_MS } from '@tenth/model/time.ts';

/** What the caps of a plan may still ask of a ledger. */
export interface CapLimits {
  /** Undefined for a campaign that is gone. */
  capsOf(campaignId: CampaignId): Caps | undefined;
  /** Over all campaigns that count towards them. */
  readonly personCaps: PersonCaps;
  countsTowardsPersonCaps(campaignId: CampaignId): boolean;
}

/** A phone without a network tells late that a message was seen. */
const ANSWER_GRACE_MS = HOUR_MS;
/** No session lasts longer. */
const SESSION_MS = DAY_MS;

/**
 * The entries without which a cap could be exceeded, or an answer that is still under way be lost. A cap
 * of n asks only whether there are n in its window, so the newest n that hold a place for good are enough.
 *
 * @param entries The oldest first.
 */
export function neededEntries(
  entries: readonly LedgerEntry[],
  limits: CapLimits,
  now: EpochMs,
): ReadonlySet<LedgerEntry> {
  const needed = new Set<LedgerEntry>();
  const counts = new Map<string, number>();
  const isAmongNewest = (whose: string, limit: number | undefined): boolean => {
    const before = counts.get(whose) ?? 0;
    counts.set(whose, before + 1);
    return limit !== undefined && before < limit;
  };
  const isCounted = (entry: LedgerEntry, whose: string, caps: PersonCaps): boolean => {
    const age = now - entry.at;
    const inSession = isAmongNewest(`${whose} in ${entry.sessionId}`, caps.session);
    const inDay = isAmongNewest(`${whose} a day`, caps.day);
    const inWeek = isAmongNewest(`${whose} a week`, caps.week);
    return (
      (inSession && age < SESSION_MS) || (inDay && age < DAY_MS) || (inWeek && age < 7 * DAY_MS)
    );
  };
  for (const entry of entries.toReversed()) {
    if (entry.isOpen || isAwaited(entry, now)) {
      needed.add(entry);
    } else if (entry.arm === 'holdout' || entry.seenAt !== undefined) {
      const { campaignId, arm } = entry;
      const ofCampaign = isCounted(entry, campaignId, limits.capsOf(campaignId) ?? NO_CAPS);
      const ofPerson =
        arm === 'treatment' &&
        limits.countsTowardsPersonCaps(campaignId) &&
        isCounted(entry, 'everything', limits.personCaps);
      if (ofCampaign || ofPerson) {
        needed.add(entry);
      }
    }
  }
  return needed;
}

const NO_CAPS: Caps = {};

/** Shown, and not heard of yet. */
function isAwaited({ arm, seenAt, expiresAt }: LedgerEntry, now: EpochMs): boolean {
  return arm === 'treatment' && seenAt === undefined && now < expiresAt + ANSWER_GRACE_MS;
}
