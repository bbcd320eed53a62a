import { noSlot, noTimes, sampled, type Tally } from '@tenth/engine/simulate/tally.ts';
import { personLink, personRefOf } from '@tenth/model/person-link.ts';
import type { Period } from '@tenth/model/report.ts';
import type {
  SimulatedCampaign,
  SimulatedCase,
  SimulationRequest,
  SimulationResult,
} from '@tenth/model/simulation.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import { whatItCannotKnow } from './unknown.ts';

export interface ResultOf {
  readonly request: SimulationRequest;
  readonly period: Period;
  readonly settings: WorkspaceSettings;
  readonly planVersions: readonly number[];
  readonly listsOfNow: readonly string[];
  readonly seconds: number;
  readonly workers: number;
}

/** The figures of all threads as the reply has them. Pure. */
export function toResult(tally: Tally, of: ResultOf): SimulationResult {
  const { request, period, settings, planVersions, listsOfNow, seconds, workers } = of;
  return {
    period,
    moments: request.moments,
    newShows: request.newShows,
    planVersions: [...planVersions],
    people: tally.people,
    events: { run: tally.events, inPeriod: tally.inPeriod, decided: tally.decided },
    isWhole: tally.isWhole,
    listsOfNow: [...listsOfNow],
    campaign: request.campaign === undefined ? null : toCampaign(tally, request, settings),
    others: Object.entries(tally.others)
      // Object.entries widens the key; it is a campaign's id as it was counted.
      .map(([id, counts]) => ({ campaignId: id as SimulatedCampaign['campaignId'], ...counts }))
      .filter(({ lost, gained }) => lost + gained > 0)
      .sort(
        (left, right) => right.lost - left.lost || (left.campaignId < right.campaignId ? -1 : 1),
      ),
    cases: sampled(tally.cases, request.sample).map(({ case: found }) => toCase(found)),
    unknown: whatItCannotKnow(tally, request),
    took: {
      seconds,
      workers,
      eventsPerSecond: seconds === 0 ? 0 : Math.round(tally.events / seconds),
    },
  };
}

function toCampaign(
  { campaign }: Tally,
  request: SimulationRequest,
  settings: WorkspaceSettings,
): SimulatedCampaign | null {
  return request.campaign === undefined
    ? null
    : {
        campaignId: request.campaign.id,
        people: campaign.people,
        times: campaign.times,
        timesAsItWas: campaign.was ?? noTimes(),
        byDay: Object.entries(campaign.byDay)
          .map(([day, slot]) => ({ day, ...slot }))
          .sort((left, right) => (left.day < right.day ? -1 : 1)),
        byHour: Array.from({ length: 24 }, (_, hour) => ({
          hour,
          ...(campaign.byHour[hour] ?? noSlot()),
        })),
        reachedGoalAnyway: campaign.reachedGoal,
        cost: costOf(campaign, request, settings.currency),
      };
}

function costOf(
  { times, reachedGoal }: Tally['campaign'],
  { costPerShow, costPerConversion }: SimulationRequest,
  currency: string,
): SimulatedCampaign['cost'] {
  if (costPerShow === undefined && costPerConversion === undefined) {
    return null;
  }
  const shows = times.shown * (costPerShow ?? 0);
  const conversions = reachedGoal * (costPerConversion ?? 0);
  return { currency, shows, conversions, total: shows + conversions };
}

function toCase(found: Tally['cases'][number]['case']): SimulatedCase {
  const { profileId } = found;
  return { ...found, person: personRefOf(profileId), link: personLink(profileId) };
}
