import type { CampaignOutcome, Decision, DecisionTrace } from '@tenth/model/decision.ts';
import type { CampaignId } from '@tenth/model/ids.ts';
import { type Locale, parseLocale } from '@tenth/model/locale.ts';
import type { LoggedDecision } from '@tenth/model/log-record.ts';
import type { Assignment, LedgerEntry, Profile } from '@tenth/model/profile.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import type { EventMoment } from '../evaluate/moment.ts';
import { decisionIdOf } from '../hash.ts';
import type { Plan } from '../plan/plan.ts';
import { viewOf } from '../render/view.ts';
import { assign } from './assignment.ts';
import type { CompiledCampaign } from './compile-campaign.ts';
import { firstObstacle } from './consider.ts';
import { keepOpen } from './keep.ts';
import { addToLedger } from './ledger.ts';
import { renderMessage } from './render-message.ts';

export interface Decided {
  /** With the places in the caps reserved. */
  readonly profile: Profile;
  /** What the client is told; nothing of it shows who is in a holdout. */
  readonly decisions: readonly Decision[];
  readonly logged: readonly LoggedDecision[];
  /** Undefined when the event put no campaign up. */
  readonly trace: DecisionTrace | undefined;
}

/**
 * Decides what one person sees at one moment. Pure: the same moment and plan give the same decisions.
 *
 * Messages that are up are looked at first (kept, rendered anew, or withdrawn); then each live
 * campaign that the event can trigger, by priority. A person in the holdout of a campaign is
 * recorded as withheld, where there would have been a message to show, and leaves the place free, as
 * if the campaign did not exist.
 */
export function decide(moment: EventMoment, plan: Plan): Decided {
  const locale = parseLocale(moment.event.locale, plan.settings.locale);
  const kept = keepOpen(moment, plan, locale);
  const candidates = plan.campaignsFor(moment.event);
  if (candidates.length === 0 && kept.outcomes.length === 0) {
    return undecided(kept.profile);
  }
  const round = new Round({ ...moment, profile: kept.profile }, plan, locale, kept.taken);
  for (const campaign of candidates) {
    if (!kept.open.has(campaign.id)) {
      round.consider(campaign);
    }
  }
  return {
    profile: round.profile(),
    decisions: joined(kept.decisions, round.decisions),
    logged: round.logged,
    trace: {
      planVersion: plan.version,
      at: moment.now,
      considered: joined(kept.outcomes, round.outcomes),
    },
  };
}

const nothing: readonly never[] = [];

function joined<Item>(left: readonly Item[], right: Item[]): Item[] {
  return left.length === 0 ? right : [...left, ...right];
}

/** Nothing put up, nothing shown. */
export function undecided(profile: Profile): Decided {
  return { profile, decisions: nothing, logged: nothing, trace: undefined };
}

/** One event's candidates, each seeing the places that those before it took. */
class Round {
  readonly decisions: Decision[] = [];
  readonly logged: LoggedDecision[] = [];
  readonly outcomes: { campaignId: CampaignId; outcome: CampaignOutcome }[] = [];
  readonly #entries: LedgerEntry[] = [];
  readonly #assignments: Record<CampaignId, Assignment> = {};
  /** Copied with the first place that is taken. */
  #taken: ReadonlyMap<string, CampaignId>;
  readonly #plan: Plan;
  readonly #locale: Locale;
  #moment: EventMoment;
  #view: object | undefined;

  constructor(
    moment: EventMoment,
    plan: Plan,
    locale: Locale,
    taken: ReadonlyMap<string, CampaignId>,
  ) {
    this.#moment = moment;
    this.#plan = plan;
    this.#locale = locale;
    this.#taken = taken;
  }

  profile(): Profile {
    const { profile } = this.#moment;
    return this.#entries.length === 0
      ? profile
      : { ...profile, assignments: { ...profile.assignments, ...this.#assignments } };
  }

  consider(campaign: CompiledCampaign): void {
    const outcome =
      firstObstacle(campaign, this.#moment, this.#plan, this.#taken) ?? this.#qualify(campaign);
    this.outcomes.push({ campaignId: campaign.id, outcome });
  }

  #qualify(campaign: CompiledCampaign): CampaignOutcome {
    const { profile, event, device, deviceKey, now } = this.#moment;
    const { assignment, variant, probability } = assign(profile, campaign.definition, now);
    this.#view ??= viewOf(this.#moment, this.#plan.settings, this.#locale);
    // For both arms: were only the shown left out where it fails, the arms would not be alike.
    const rendered = renderMessage(campaign, variant.id, {
      view: this.#view,
      locale: this.#locale,
      now,
    });
    if (rendered.kind === 'not_rendered') {
      return rendered;
    }
    const decisionId = decisionIdOf({
      profileId: profile.id,
      messageId: event.messageId,
      campaignId: campaign.id,
    });
    const expiresAt = now + this.#plan.settings.reservationMinutes * MINUTE_MS;
    const isShown = assignment.arm === 'treatment';
    if (isShown) {
      this.decisions.push({
        action: 'show',
        decisionId,
        campaignId: campaign.id,
        variantId: variant.id,
        messageId: event.messageId,
        format: campaign.definition.format,
        content: rendered.content,
        expiresAt,
        staysOverPages: campaign.keepWhile !== undefined,
      });
      this.#taken = new Map(this.#taken).set(campaign.group, campaign.id);
    }
    const entry: LedgerEntry = {
      decisionId,
      campaignId: campaign.id,
      variantId: variant.id,
      arm: assignment.arm,
      at: now,
      sessionId: device.session.id,
      device: deviceKey,
      expiresAt,
      seenAt: undefined,
      clickedAt: undefined,
      dismissedAt: undefined,
      isOpen: campaign.keepWhile !== undefined,
    };
    this.#entries.push(entry);
    this.#assignments[campaign.id] = assignment;
    this.#moment = {
      ...this.#moment,
      profile: addToLedger(profile, entry, now, this.#plan.capLimits),
    };
    this.logged.push({
      decisionId,
      campaignId: campaign.id,
      variantId: variant.id,
      arm: assignment.arm,
      probability,
      planVersion: this.#plan.version,
      at: now,
      messageId: event.messageId,
      profileId: profile.id,
      sessionId: device.session.id,
      isCrossedOver: assignment.isCrossedOver,
    });
    return isShown
      ? { kind: 'shown', decisionId, variantId: variant.id, probability }
      : { kind: 'withheld', decisionId, probability };
  }
}
