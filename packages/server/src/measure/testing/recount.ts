import { compileEventMatch } from '@tenth/engine/evaluate/event-match.ts';
import type { Campaign } from '@tenth/model/campaign.ts';
import { messageEvents, type SiteEvent } from '@tenth/model/event.ts';
import type { LoggedDecision, LoggedEvent } from '@tenth/model/log-record.ts';
import { toMinor } from '@tenth/model/money.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import type { WorkspaceSettings } from '@tenth/model/workspace.ts';
import type { GeneratedHistory } from './generated-history.ts';

export interface RecountPeriod {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The reports' figures once more, the slow and plain way: loops over the history in memory, with the
 * engine's own reading of event matches.
 */
export class Recount {
  readonly #events: readonly LoggedEvent[];
  readonly #decisions: readonly LoggedDecision[];
  readonly #personOf: (profileId: string) => string;

  constructor(history: GeneratedHistory) {
    const botMessages = new Set<string>(
      history.events.filter(({ event }) => event.isBot).map(({ event }) => event.messageId),
    );
    this.#events = history.events.filter(({ event }) => !event.isBot);
    this.#decisions = history.decisions.filter(({ messageId }) => !botMessages.has(messageId));
    this.#personOf = (profileId) => {
      const links = history.personLinks.filter((link) => link.profileId === profileId);
      const latest = links.toSorted((one, other) => other.version - one.version)[0];
      const next: string = latest?.personId ?? profileId;
      return next === profileId ? profileId : this.#personOf(next);
    };
  }

  campaign(campaign: Campaign, period: RecountPeriod, shopCurrency: string) {
    const isGoal = compileEventMatch(campaign.goal.event);
    const people = new Map<string, LoggedDecision[]>();
    for (const decision of this.#decisions) {
      if (decision.campaignId === campaign.id && decision.at < period.toMs) {
        const person = this.#personOf(decision.profileId);
        people.set(person, [...(people.get(person) ?? []), decision]);
      }
    }
    const qualified = [...people].flatMap(([person, all]) => {
      const sorted = all.toSorted(
        (one, other) => one.at - other.at || (one.decisionId < other.decisionId ? -1 : 1),
      );
      const inPeriod = sorted.filter(({ at }) => at >= period.fromMs);
      const first = inPeriod[0];
      const draw = sorted[0];
      if (first === undefined || draw === undefined) {
        return [];
      }
      const until = first.at + campaign.goal.windowHours * HOUR_MS;
      const goal = this.#events
        .filter(({ event, profileId }) => isGoal(event) && this.#personOf(profileId) === person)
        .filter(({ event }) => event.at > first.at && event.at <= until)
        .toSorted((one, other) => one.event.at - other.event.at)[0]?.event;
      return [
        {
          first,
          draw,
          shown: inPeriod.filter(({ arm }) => arm === 'treatment'),
          withheld: inPeriod.filter(({ arm }) => arm === 'holdout'),
          isDrawnBefore: sorted.some(({ at }) => at < period.fromMs),
          isCrossedOver:
            sorted.some((decision) => decision.isCrossedOver) ||
            new Set(sorted.map(({ arm }) => arm)).size > 1,
          isConverted: goal !== undefined,
          valueMinor: goal === undefined ? 0 : goalValue(goal, campaign, shopCurrency),
        },
      ];
    });
    return { qualified, answered: (name: string | undefined) => this.#answered(name) };
  }

  /** Ids of the decisions that were answered so; `undefined`: in any way. */
  #answered(name: string | undefined): ReadonlySet<unknown> {
    const names: readonly string[] = name === undefined ? Object.values(messageEvents) : [name];
    return new Set(
      this.#events
        .filter(({ event }) => event.type === 'track' && names.includes(event.name))
        .map(({ event }) => event.properties.decision_id),
    );
  }

  messages(period: RecountPeriod) {
    const shown = this.#decisions.filter(
      ({ arm, at }) => arm === 'treatment' && at >= period.fromMs && at < period.toMs,
    );
    const answeredBy = (name: string | undefined) => {
      const ids = this.#answered(name);
      return this.#distinct(shown.filter(({ decisionId }) => ids.has(decisionId)));
    };
    return {
      shown: this.#distinct(shown),
      seen: answeredBy(undefined),
      clicked: answeredBy(messageEvents.clicked),
    };
  }

  shop(settings: WorkspaceSettings, period: RecountPeriod) {
    const inPeriod = this.#events.filter(({ event }) => isIn(event.at, period));
    const visits = new Map<string, LoggedEvent>();
    const firstVisits = new Map<string, number>();
    for (const logged of this.#events) {
      const person = this.#personOf(logged.profileId);
      const { session } = logged;
      if (session !== undefined) {
        firstVisits.set(person, Math.min(firstVisits.get(person) ?? Infinity, session.startedAt));
        if (isIn(session.startedAt, period)) {
          visits.set(`${person} ${session.id}`, logged);
        }
      }
    }
    const matching = (match: WorkspaceSettings['milestones']['signUp']) => {
      const matches = compileEventMatch(match);
      return inPeriod.filter(({ event }) => matches(event));
    };
    const signUps = new Map<string, LoggedEvent>();
    for (const logged of byTime(matching(settings.milestones.signUp))) {
      const person = this.#personOf(logged.profileId);
      signUps.set(person, signUps.get(person) ?? logged);
    }
    return {
      visits: [...visits.values()],
      visitors: this.#distinct([...visits.values()]),
      newVisits: [...firstVisits.values()].filter((at) => isIn(at, period)),
      pageViews: inPeriod.filter(({ event }) => ['page', 'screen'].includes(event.type)).length,
      events: inPeriod.length,
      memberBenefitViews: matching(settings.milestones.memberBenefitPage).length,
      signUpFormViews: matching(settings.milestones.signUpFormPage).length,
      signUps: [...signUps.values()],
      orders: this.#orders(settings.currency).filter(({ logged }) => isIn(logged.event.at, period)),
    };
  }

  #orders(shopCurrency: string) {
    const known = new Set<string>();
    const customers = new Set<string>();
    const orders = [];
    const mentions = this.#events.filter(({ event }) => event.name === 'Order Completed');
    for (const logged of byTime(mentions)) {
      const { properties, messageId } = logged.event;
      const person = this.#personOf(logged.profileId);
      const id = `${person} ${properties.order_id || messageId}`;
      if (!known.has(id)) {
        known.add(id);
        const isFirst = !customers.has(person);
        customers.add(person);
        const currency = String(properties.currency ?? shopCurrency).toUpperCase();
        const isPaid = currency === shopCurrency;
        const totalMinor = isPaid ? toMinor(Number(properties.total), currency) : 0;
        orders.push({ logged, isFirst, isPaid, totalMinor, pieces: piecesOf(logged.event) });
      }
    }
    return orders;
  }

  #distinct(items: readonly { readonly profileId: string }[]): number {
    return new Set(items.map(({ profileId }) => this.#personOf(profileId))).size;
  }
}

function goalValue(event: SiteEvent, campaign: Campaign, shopCurrency: string): number {
  const { value } = campaign.goal;
  const currency = String(event.properties.currency ?? shopCurrency).toUpperCase();
  return value === undefined || currency !== value.currency
    ? 0
    : toMinor(Number(event.properties.total), value.currency);
}

function piecesOf(event: SiteEvent): number {
  const [first] = event.properties.products as readonly [{ quantity: number }];
  return first.quantity + 1;
}

function byTime(events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  return events.toSorted((one, other) => one.event.at - other.event.at);
}

function isIn(at: number, { fromMs, toMs }: RecountPeriod): boolean {
  return at >= fromMs && at < toMs;
}
