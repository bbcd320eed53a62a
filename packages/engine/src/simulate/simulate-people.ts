import type { CampaignOutcome } from '@tenth/model/decision.ts';
import type { CampaignId, DecisionId, ProfileId } from '@tenth/model/ids.ts';
import type { LoggedDecision } from '@tenth/model/log-record.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type {
  SimulatedPeople,
  SimulatedTimes,
  SimulationRequest,
} from '@tenth/model/simulation.ts';
import { DAY_MS, type EpochMs, HOUR_MS } from '@tenth/model/time.ts';
import { type Applied, applyEvent } from '../apply.ts';
import { compileEventMatch, type EventTest } from '../evaluate/event-match.ts';
import { fnv1a32 } from '../hash.ts';
import { type LocalClock, localClock } from '../local-time.ts';
import type { Plan } from '../plan/plan.ts';
import { identified } from '../replay/identified.ts';
import type { RecordedEvent } from '../replay/recorded-event.ts';
import { emptyTally, noOther, noSlot, type RankedCase, sampled, type Tally } from './tally.ts';
import type { Worlds } from './worlds.ts';

export interface SimulationRun {
  readonly worlds: Worlds;
  readonly from: EpochMs;
  readonly to: EpochMs;
  readonly timeZone: string;
  readonly asked: Pick<SimulationRequest, 'campaign' | 'moments' | 'newShows' | 'sample'>;
}

/** A profile in both worlds; one and the same object while nothing has told them apart. */
interface Pair {
  readonly was: Profile;
  readonly would: Profile;
}

/**
 * Runs people's events through both worlds, one person after the other, and adds up what becomes of it.
 * Up to the period both are history as it was; from then on each decides for itself.
 */
export class PeopleSimulation {
  readonly #run: SimulationRun;
  readonly #clock: LocalClock;
  readonly #isGoal: EventTest | undefined;
  readonly #goalWindowMs: number;
  #tally = emptyTally();
  #pairs = new Map<ProfileId, Pair>();
  #person = newPerson();

  constructor(run: SimulationRun) {
    const { campaign } = run.asked;
    this.#run = run;
    const clock = localClock(run.timeZone);
    if (clock === undefined) {
      throw new Error(`a published plan names the time zone ${run.timeZone}`);
    }
    this.#clock = clock;
    this.#isGoal = campaign === undefined ? undefined : compileEventMatch(campaign.goal.event);
    this.#goalWindowMs = (campaign?.goal.windowHours ?? 0) * HOUR_MS;
  }

  /** The figures so far, of people who are finished. */
  get tally(): Tally {
    return this.#tally;
  }

  /** Takes the next event of the person, in the order of the log. */
  take(recorded: RecordedEvent): void {
    const { event } = recorded;
    const now = recorded.decideAt ?? event.at;
    const { from, to, asked } = this.#run;
    if (now >= to) {
      return;
    }
    this.#tally.events += 1;
    const isIn = now >= from;
    const found = this.#find(recorded);
    if (!isIn) {
      this.#keep(recorded, this.#runBefore(recorded, found));
      return;
    }
    this.#tally.inPeriod += 1;
    this.#tally.decided += recorded.decideAt === undefined ? 0 : 1;
    this.#person.isIn = true;
    this.#watchGoal(recorded);
    const decideAt = asked.moments === 'every_event' ? now : recorded.decideAt;
    const { was, would } = this.#runWithin(recorded, found, decideAt);
    if (decideAt !== undefined) {
      this.#record(recorded, was, would, decideAt);
    }
    this.#keep(recorded, this.#answered(recorded, was, would, decideAt));
  }

  /** The person has no more events. */
  finishPerson(): void {
    const { isIn, happened, lostFrom, hasReachedGoal } = this.#person;
    const { campaign } = this.#tally;
    this.#tally.people += isIn ? 1 : 0;
    for (const what of happened) {
      campaign.people[what] += 1;
    }
    campaign.reachedGoal += hasReachedGoal ? 1 : 0;
    for (const id of lostFrom) {
      this.#other(id).peopleLost += 1;
    }
    this.#pairs = new Map();
    this.#person = newPerson();
  }

  #find(recorded: RecordedEvent): Pair {
    const { profileId, absorbed, isFirst } = recorded;
    const known = this.#pairs.get(profileId);
    const other = absorbed === undefined ? undefined : this.#pairs.get(absorbed);
    if ((known === undefined && !isFirst) || (absorbed !== undefined && other === undefined)) {
      this.#tally.isWhole = false;
    }
    const was = identified(known?.was, other?.was, recorded);
    const isOne = known?.was === known?.would && other?.was === other?.would;
    return { was, would: isOne ? was : identified(known?.would, other?.would, recorded) };
  }

  #keep({ profileId, absorbed }: RecordedEvent, pair: Pair): void {
    if (absorbed !== undefined) {
      this.#pairs.delete(absorbed);
    }
    this.#pairs.set(profileId, pair);
  }

  /** History as it was. Where the plans keep different figures, those of the other plan are kept beside. */
  #runBefore({ event, planVersion, decideAt }: RecordedEvent, found: Pair): Pair {
    const plans = this.#run.worlds.plansOf(planVersion);
    const was = applyEvent(found.was, event, plans.was, decideAt).profile;
    if (this.#run.worlds.isSameState && found.was === found.would) {
      return { was, would: was };
    }
    const would = applyEvent(found.would, event, plans.would, undefined).profile;
    return { was, would: withDecisionsOf(was, would) };
  }

  #runWithin(
    { event, planVersion }: RecordedEvent,
    found: Pair,
    decideAt: EpochMs | undefined,
  ): { readonly was: Applied; readonly would: Applied } {
    const plans = this.#run.worlds.plansOf(planVersion);
    const was = applyEvent(found.was, event, plans.was, decideAt);
    const isOne = this.#run.worlds.isSameState && found.was === found.would;
    if (
      isOne &&
      (decideAt === undefined || this.#isAlike(found.was, [plans.was, plans.would], event))
    ) {
      return { was, would: was };
    }
    const would = applyEvent(found.would, event, plans.would, decideAt);
    // Nothing was decided in either world, so the profiles are equal: from here on one serves both again.
    return isOne && isSilent(was) && isSilent(would)
      ? { was, would: { ...would, profile: was.profile } }
      : { was, would };
  }

  /** Whether what is tried out can make no difference to the decisions on this event. */
  #isAlike(profile: Profile, plans: readonly Plan[], event: RecordedEvent['event']): boolean {
    const { campaignId, isCampaignAlone } = this.#run.worlds;
    if (isCampaignAlone) {
      return (
        !plans.some((plan) => plan.campaignsFor(event).some(({ id }) => id === campaignId)) &&
        !profile.ledger.some((entry) => entry.campaignId === campaignId)
      );
    }
    return (
      plans.every((plan) => plan.campaignsFor(event).length === 0) &&
      !profile.ledger.some(({ isOpen }) => isOpen)
    );
  }

  /**
   * The profiles with what became of the messages: those that really were shown are answered by the
   * events that follow; those that were not get the answer that was asked for.
   */
  #answered(
    { decideAt: realAt }: RecordedEvent,
    was: Applied,
    would: Applied,
    now: EpochMs | undefined,
  ): Pair {
    if (this.#run.asked.newShows === 'unseen' || now === undefined) {
      return { was: was.profile, would: would.profile };
    }
    const real = realAt === undefined ? [] : was.logged;
    const seenWas = withSeen(was.profile, newShows(was.logged, real), now);
    return {
      was: seenWas,
      would:
        was.profile === would.profile
          ? seenWas
          : withSeen(would.profile, newShows(would.logged, real), now),
    };
  }

  #watchGoal({ event }: RecordedEvent): void {
    const { shownAt } = this.#person;
    if (
      shownAt !== undefined &&
      event.at >= shownAt &&
      event.at <= shownAt + this.#goalWindowMs &&
      this.#isGoal?.(event) === true
    ) {
      this.#person.hasReachedGoal = true;
    }
  }

  #record(recorded: RecordedEvent, was: Applied, would: Applied, now: EpochMs): void {
    const { campaignId } = this.#run.worlds;
    if (campaignId !== undefined) {
      const asItWas = outcomeOf(was, campaignId);
      if (asItWas !== undefined) {
        countOutcome(this.#tally.campaign.was, asItWas);
      }
      const tried = outcomeOf(would, campaignId);
      if (tried !== undefined) {
        this.#recordTried(recorded, tried, campaignId, now);
      }
    }
    this.#recordOthers(recorded, was, would, now);
  }

  #recordTried(
    recorded: RecordedEvent,
    outcome: CampaignOutcome,
    campaignId: CampaignId,
    now: EpochMs,
  ): void {
    const { campaign } = this.#tally;
    const { happened } = this.#person;
    const what = countOutcome(campaign.times, outcome);
    if (what === undefined) {
      return;
    }
    happened.add('considered');
    if (what === 'failed') {
      return;
    }
    happened.add('qualified');
    const day = new Date(this.#clock.dayOf(now) * DAY_MS).toISOString().slice(0, 10);
    const hour = this.#clock.hourOf(now);
    campaign.byDay[day] ??= noSlot();
    campaign.byHour[hour] ??= noSlot();
    for (const slot of [campaign.byDay[day], campaign.byHour[hour]]) {
      if (slot !== undefined) {
        slot.qualified += 1;
        slot[what === 'notRendered' ? 'qualified' : what] += what === 'notRendered' ? 0 : 1;
      }
    }
    if (what !== 'notRendered') {
      happened.add(what);
      const kind = what === 'crowdedOut' ? 'crowded_out' : what;
      this.#addCase(recorded, { kind, campaignId, outcome }, now);
    }
    if (what === 'shown') {
      this.#person.shownAt ??= now;
    }
  }

  #recordOthers(recorded: RecordedEvent, was: Applied, would: Applied, now: EpochMs): void {
    const { campaignId } = this.#run.worlds;
    if (was.logged.length === 0 && would.logged.length === 0) {
      return;
    }
    const shownWas = shownIn(was.logged);
    const shownThen = was === would ? shownWas : shownIn(would.logged);
    for (const id of new Set([...shownWas.keys(), ...shownThen.keys()])) {
      if (id === campaignId) {
        continue;
      }
      const other = this.#other(id);
      const isWas = shownWas.has(id);
      const isThen = shownThen.has(id);
      other.shownAsItWas += isWas ? 1 : 0;
      other.shownThen += isThen ? 1 : 0;
      other.gained += isThen && !isWas ? 1 : 0;
      if (isWas && !isThen) {
        other.lost += 1;
        this.#person.lostFrom.add(id);
        const outcome = outcomeOf(would, id);
        if (outcome !== undefined) {
          this.#addCase(recorded, { kind: 'lost', campaignId: id, outcome }, now);
        }
      }
    }
  }

  #other(id: CampaignId) {
    const { others } = this.#tally;
    const known = others[id] ?? noOther();
    others[id] = known;
    return known;
  }

  #addCase(
    { profileId, event }: RecordedEvent,
    found: Pick<RankedCase['case'], 'kind' | 'campaignId' | 'outcome'>,
    now: EpochMs,
  ): void {
    const { sample } = this.#run.asked;
    const { messageId } = event;
    const rank = fnv1a32(`${profileId}\n${messageId}\n${found.campaignId}`);
    const { cases } = this.#tally;
    cases.push({ rank, case: { ...found, profileId, messageId, at: new Date(now).toISOString() } });
    // Thinned out now and then only: a sort a case would cost more than the case.
    if (cases.length > MOST_UNSORTED_CASES + KINDS * sample) {
      this.#tally.cases = sampled(cases, sample);
    }
  }
}

const MOST_UNSORTED_CASES = 1_000;
const KINDS = 5;

interface PersonFlags {
  isIn: boolean;
  readonly happened: Set<keyof SimulatedPeople>;
  readonly lostFrom: Set<CampaignId>;
  /** When the campaign would first have been shown. */
  shownAt: EpochMs | undefined;
  hasReachedGoal: boolean;
}

function newPerson(): PersonFlags {
  return {
    isIn: false,
    happened: new Set(),
    lostFrom: new Set(),
    shownAt: undefined,
    hasReachedGoal: false,
  };
}

/** Before the period nothing is decided anew: what was decided then is part of the person. */
function withDecisionsOf(was: Profile, would: Profile): Profile {
  const { ledger, ledgerOlder, assignments } = was;
  return { ...would, ledger, ledgerOlder, assignments };
}

function isSilent({ logged, decisions }: Applied): boolean {
  return logged.length === 0 && decisions.length === 0;
}

function outcomeOf({ trace }: Applied, campaignId: CampaignId): CampaignOutcome | undefined {
  return trace?.considered.find((one) => one.campaignId === campaignId)?.outcome;
}

function shownIn(logged: readonly LoggedDecision[]): ReadonlyMap<CampaignId, DecisionId> {
  return new Map(
    logged
      .filter(({ arm }) => arm === 'treatment')
      .map(({ campaignId, decisionId }) => [campaignId, decisionId]),
  );
}

function newShows(
  logged: readonly LoggedDecision[],
  real: readonly LoggedDecision[],
): ReadonlySet<DecisionId> {
  const known = new Set(real.map(({ decisionId }) => decisionId));
  return new Set(
    logged
      .filter(({ arm, decisionId }) => arm === 'treatment' && !known.has(decisionId))
      .map(({ decisionId }) => decisionId),
  );
}

function withSeen(profile: Profile, shows: ReadonlySet<DecisionId>, now: EpochMs): Profile {
  return shows.size === 0
    ? profile
    : {
        ...profile,
        ledger: profile.ledger.map((entry) =>
          shows.has(entry.decisionId) ? { ...entry, seenAt: now } : entry,
        ),
      };
}

type Qualified = 'shown' | 'withheld' | 'capped' | 'crowdedOut' | 'notRendered';

/** Counts one outcome; undefined for a message that was up already, which is nothing new. */
function countOutcome(
  times: SimulatedTimes,
  outcome: CampaignOutcome,
): Qualified | 'failed' | undefined {
  switch (outcome.kind) {
    case 'kept':
    case 'withdrawn':
      return undefined;
    case 'failed':
      times.considered += 1;
      times[failures[outcome.stage]] += 1;
      return 'failed';
    default: {
      const what = qualified[outcome.kind];
      times.considered += 1;
      times.qualified += 1;
      times[what] += 1;
      return what;
    }
  }
}

const failures = {
  trigger: 'failedTrigger',
  schedule: 'failedSchedule',
  audience: 'failedAudience',
} as const;

const qualified = {
  shown: 'shown',
  withheld: 'withheld',
  capped: 'capped',
  crowded_out: 'crowdedOut',
  not_rendered: 'notRendered',
} as const;
