import type { Caps } from '@tenth/model/campaign.ts';
import type { CapKind } from '@tenth/model/decision.ts';
import type { CampaignId, SessionId } from '@tenth/model/ids.ts';
import type { LedgerEntry, Profile } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import { takesPlace } from './ledger.ts';
import type { CapLimits } from './needed-entries.ts';

export interface CapReached {
  readonly cap: CapKind;
  readonly limit: number;
  readonly count: number;
}

interface When {
  readonly sessionId: SessionId;
  readonly now: EpochMs;
}

/** The first of a campaign's caps that leaves no place, shown and withheld counting alike. */
export function campaignCapReached(
  profile: Profile,
  campaignId: CampaignId,
  caps: Caps,
  when: When,
): CapReached | undefined {
  const own = profile.ledger.filter((entry) => entry.campaignId === campaignId);
  const older = profile.ledgerOlder[campaignId] ?? 0;
  return own.length === 0 && older === 0 ? undefined : reached('campaign', own, older, caps, when);
}

/**
 * The first of the person's caps over all campaigns that leaves no place. Only what was shown
 * counts: what was withheld took nobody's attention.
 */
export function personCapReached(
  profile: Profile,
  {
    personCaps,
    countsTowardsPersonCaps,
  }: Pick<CapLimits, 'personCaps' | 'countsTowardsPersonCaps'>,
  when: When,
): CapReached | undefined {
  const shown = profile.ledger.filter(
    (entry) => entry.arm === 'treatment' && countsTowardsPersonCaps(entry.campaignId),
  );
  return shown.length === 0 ? undefined : reached('person', shown, 0, personCaps, when);
}

function reached(
  whose: 'campaign' | 'person',
  entries: readonly LedgerEntry[],
  older: number,
  caps: Caps,
  { sessionId, now }: When,
): CapReached | undefined {
  const counted = entries.filter((entry) => takesPlace(entry, now));
  const since = (age: number) => counted.filter(({ at }) => at > now - age).length;
  const checks: readonly [CapKind | undefined, number | undefined, () => number][] = [
    [
      `${whose}_session`,
      caps.session,
      () => counted.filter((entry) => entry.sessionId === sessionId).length,
    ],
    [`${whose}_day`, caps.day, () => since(DAY_MS)],
    [`${whose}_week`, caps.week, () => since(7 * DAY_MS)],
    [whose === 'campaign' ? 'campaign_ever' : undefined, caps.ever, () => counted.length + older],
  ];
  for (const [cap, limit, countNow] of checks) {
    if (cap !== undefined && limit !== undefined) {
      const count = countNow();
      if (count >= limit) {
        return { cap, limit, count };
      }
    }
  }
  return undefined;
}
