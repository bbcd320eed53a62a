import type { Caps } from '@tenth/model/campaign.ts';
import type { CapKind } from '@tenth/model/decision.ts';
import type { CapEntry, ExplainedCap } from '@tenth/model/explanation.ts';
import type { LedgerEntry, Profile } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import type { CompiledCampaign } from '../decide/compile-campaign.ts';
import { takesPlace } from '../decide/ledger.ts';
import type { Moment } from '../evaluate/moment.ts';
import type { Plan } from '../plan/plan.ts';
import { SESSION_GAP_MS } from '../reduce/session.ts';

/**
 * Every cap that a campaign is under, with what takes its places and when they become free.
 *
 * @param profile With the ledger as it was when the campaign's turn came.
 */
export function explainCaps(
  campaign: CompiledCampaign,
  profile: Profile,
  moment: Moment,
  plan: Plan,
): readonly ExplainedCap[] {
  const { caps, countsTowardsPersonCaps } = campaign.definition;
  const taken = profile.ledger.filter((entry) => takesPlace(entry, moment.now));
  const own = taken.filter((entry) => entry.campaignId === campaign.id);
  const ofCampaign = capsOf('campaign', caps, own, profile.ledgerOlder[campaign.id] ?? 0, moment);
  if (!countsTowardsPersonCaps) {
    return ofCampaign;
  }
  const shown = taken.filter(
    ({ arm, campaignId }) =>
      arm === 'treatment' &&
      plan.campaigns.get(campaignId)?.definition.countsTowardsPersonCaps !== false,
  );
  return [...ofCampaign, ...capsOf('person', plan.settings.personCaps, shown, 0, moment)];
}

function capsOf(
  whose: 'campaign' | 'person',
  caps: Caps,
  entries: readonly LedgerEntry[],
  older: number,
  { device, now }: Moment,
): readonly ExplainedCap[] {
  const visitEndsAt = device.session.lastAt + SESSION_GAP_MS;
  const explained: ExplainedCap[] = [];
  const add = (
    cap: CapKind,
    limit: number | undefined,
    counted: readonly LedgerEntry[],
    window: Window,
    olderToo = 0,
  ) => {
    if (limit !== undefined) {
      const places = counted.map((entry) => placeOf(entry, window)).sort(bySoonest);
      const count = places.length + olderToo;
      const mustGo = count - limit + 1;
      explained.push({
        cap,
        limit,
        count,
        isReached: count >= limit,
        entries: places,
        older: olderToo,
        freesAt: mustGo <= 0 ? iso(now) : (places[mustGo - 1]?.freesAt ?? null),
      });
    }
  };
  const since = (age: number) => entries.filter(({ at }) => at > now - age);
  const ofSession = entries.filter(({ sessionId }) => sessionId === device.session.id);
  add(`${whose}_session`, caps.session, ofSession, { frees: 'session', at: () => visitEndsAt });
  add(`${whose}_day`, caps.day, since(DAY_MS), { frees: 'window', at: (from) => from + DAY_MS });
  add(`${whose}_week`, caps.week, since(7 * DAY_MS), {
    frees: 'window',
    at: (from) => from + 7 * DAY_MS,
  });
  if (whose === 'campaign') {
    add('campaign_ever', caps.ever, entries, { frees: 'never', at: () => undefined }, older);
  }
  return explained;
}

/** When an entry leaves the cap of itself. */
interface Window {
  readonly frees: 'window' | 'session' | 'never';
  at(entryAt: EpochMs): EpochMs | undefined;
}

function placeOf(entry: LedgerEntry, window: Window): CapEntry {
  const { decisionId, campaignId, at, arm, seenAt, expiresAt } = entry;
  const leavesAt = window.at(at);
  const isReserved = arm === 'treatment' && seenAt === undefined;
  const isReleasedFirst = isReserved && (leavesAt === undefined || expiresAt < leavesAt);
  const freesAt = isReleasedFirst ? expiresAt : leavesAt;
  return {
    decisionId,
    campaignId,
    at: iso(at),
    frees: isReleasedFirst ? 'reservation' : window.frees,
    freesAt: freesAt === undefined ? null : iso(freesAt),
  };
}

/** What never becomes free comes last. */
function bySoonest(left: CapEntry, right: CapEntry): number {
  const time = ({ freesAt }: CapEntry) =>
    freesAt === null ? Number.POSITIVE_INFINITY : Date.parse(freesAt);
  return time(left) === time(right) ? 0 : time(left) - time(right);
}

export function iso(at: EpochMs): string {
  return new Date(at).toISOString();
}
