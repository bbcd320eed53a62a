import type { CampaignId } from '@tenth/model/ids.ts';
import type {
  SimulatedCase,
  SimulatedPeople,
  SimulatedSlot,
  SimulatedTimes,
} from '@tenth/model/simulation.ts';

/** The figures of a simulation so far. Plain data, since threads hand it over; adding is a sum. */
export interface Tally {
  people: number;
  events: number;
  inPeriod: number;
  decided: number;
  isWhole: boolean;
  campaign: CampaignTally;
  others: Record<CampaignId, OtherTally>;
  cases: RankedCase[];
}

export interface CampaignTally {
  people: SimulatedPeople;
  times: SimulatedTimes;
  was: SimulatedTimes;
  /** By `YYYY-MM-DD`. */
  byDay: Record<string, SimulatedSlot>;
  /** By the hour of day. */
  byHour: Record<number, SimulatedSlot>;
  reachedGoal: number;
}

export interface OtherTally {
  shownAsItWas: number;
  shownThen: number;
  lost: number;
  gained: number;
  peopleLost: number;
}

export type TalliedCase = Omit<SimulatedCase, 'person' | 'link'>;

/** A case with its place in the draw of the sample. */
export interface RankedCase {
  readonly rank: number;
  readonly case: TalliedCase;
}

export function emptyTally(): Tally {
  return {
    people: 0,
    events: 0,
    inPeriod: 0,
    decided: 0,
    isWhole: true,
    campaign: {
      people: {
        considered: 0,
        qualified: 0,
        shown: 0,
        withheld: 0,
        capped: 0,
        crowdedOut: 0,
      },
      times: noTimes(),
      was: noTimes(),
      byDay: {},
      byHour: {},
      reachedGoal: 0,
    },
    others: {},
    cases: [],
  };
}

export function noTimes(): SimulatedTimes {
  return {
    considered: 0,
    qualified: 0,
    shown: 0,
    withheld: 0,
    capped: 0,
    crowdedOut: 0,
    notRendered: 0,
    failedTrigger: 0,
    failedSchedule: 0,
    failedAudience: 0,
  };
}

export function noSlot(): SimulatedSlot {
  return { qualified: 0, shown: 0, withheld: 0, capped: 0, crowdedOut: 0 };
}

export function noOther(): OtherTally {
  return { shownAsItWas: 0, shownThen: 0, lost: 0, gained: 0, peopleLost: 0 };
}

/** The figures of both, of different people. @param sample Cases of each kind to keep. */
export function addTallies(left: Tally, right: Tally, sample: number): Tally {
  return {
    people: left.people + right.people,
    events: left.events + right.events,
    inPeriod: left.inPeriod + right.inPeriod,
    decided: left.decided + right.decided,
    isWhole: left.isWhole && right.isWhole,
    campaign: {
      people: addCounts(left.campaign.people, right.campaign.people),
      times: addCounts(left.campaign.times, right.campaign.times),
      was: addCounts(left.campaign.was, right.campaign.was),
      byDay: addByKey(left.campaign.byDay, right.campaign.byDay, noSlot),
      byHour: addByKey(left.campaign.byHour, right.campaign.byHour, noSlot),
      reachedGoal: left.campaign.reachedGoal + right.campaign.reachedGoal,
    },
    others: addByKey(left.others, right.others, noOther),
    cases: sampled([...left.cases, ...right.cases], sample),
  };
}

function addCounts<Counts extends { [Name in keyof Counts]: number }>(
  left: Counts,
  right: Counts,
): Counts {
  const sum = { ...left };
  for (const name in right) {
    if (Object.hasOwn(right, name)) {
      // Both are numbers by the bound on Counts, which the compiler does not carry through the key.
      sum[name] = (left[name] + right[name]) as Counts[typeof name];
    }
  }
  return sum;
}

function addByKey<Counts extends { [Name in keyof Counts]: number }>(
  left: Readonly<Record<string, Counts>>,
  right: Readonly<Record<string, Counts>>,
  nothing: () => Counts,
): Record<string, Counts> {
  const sum: Record<string, Counts> = { ...left };
  for (const [key, counts] of Object.entries(right)) {
    sum[key] = addCounts(sum[key] ?? nothing(), counts);
  }
  return sum;
}

/** Of each kind those with the lowest ranks: the same sample, however the people were divided. */
export function sampled(cases: readonly RankedCase[], most: number): RankedCase[] {
  const taken = new Map<string, number>();
  return [...cases]
    .sort((left, right) => left.rank - right.rank || byPlace(left.case, right.case))
    .filter(({ case: { kind } }) => {
      const count = taken.get(kind) ?? 0;
      taken.set(kind, count + 1);
      return count < most;
    });
}

function byPlace(left: TalliedCase, right: TalliedCase): number {
  const [one, other] = [left, right].map((it) => `${it.profileId} ${it.messageId}`);
  return one === other ? 0 : (one ?? '') < (other ?? '') ? -1 : 1;
}
