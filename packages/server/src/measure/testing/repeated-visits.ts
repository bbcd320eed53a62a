import { applyEvent } from '@tenth/engine/apply.ts';
import type { Plan } from '@tenth/engine/plan/plan.ts';
import { newProfile } from '@tenth/engine/profile.ts';
import { messageEvents, type SiteEvent } from '@tenth/model/event.ts';
import type { LoggedDecision, LoggedEvent } from '@tenth/model/log-record.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import type { GeneratedHistory } from './generated-history.ts';
import { anEvent, aProfileId } from './log-builders.ts';
import { SeededRandom } from './seeded-random.ts';

export interface RepeatedVisitsOptions {
  readonly seed: number;
  readonly people: number;
  readonly plan: Plan;
  readonly fromMs: EpochMs;
  /** When the second of two periods begins. */
  readonly halfMs: EpochMs;
  readonly toMs: EpochMs;
  /** Of the messages shown, how many appear on a screen. */
  readonly seenShare: number;
  /** How many times as likely somebody orders on a visit on which a message is shown. */
  readonly effect: number;
}

export interface RepeatedVisits extends GeneratedHistory {
  readonly people: readonly MadeUpPerson[];
}

export interface MadeUpPerson {
  readonly firstVisitAt: EpochMs;
  /** Chance of an order on a visit without a message. */
  readonly orderChance: number;
}

/**
 * People who visit a shop over two periods, decided upon by the engine itself. Regulars come in every period
 * from their first on and order often, strays come once and hardly order: who comes again is thus not like
 * who comes for the first time.
 */
export function visitRepeatedly(options: RepeatedVisitsOptions): RepeatedVisits {
  const { fromMs, halfMs, toMs } = options;
  const random = new SeededRandom(options.seed);
  const log = new VisitLog(options, random);
  const people = Array.from({ length: options.people }, (_, index) => {
    const isRegular = random.chance(0.5);
    const isFromTheStart = random.chance(0.7);
    const orderChance = isRegular ? 0.4 : 0.1;
    const visits = [
      ...(isFromTheStart ? [random.between(fromMs, halfMs - DAY_MS)] : []),
      ...(isRegular || !isFromTheStart ? [random.between(halfMs, toMs - DAY_MS)] : []),
    ];
    log.writePerson(options.seed * 100_000 + index, visits, orderChance);
    return { firstVisitAt: visits[0] ?? fromMs, orderChance };
  });
  return { people, events: log.events, decisions: log.decisions, personLinks: [] };
}

class VisitLog {
  readonly events: LoggedEvent[] = [];
  readonly decisions: LoggedDecision[] = [];
  readonly #options: RepeatedVisitsOptions;
  readonly #random: SeededRandom;
  #count = 0;

  constructor(options: RepeatedVisitsOptions, random: SeededRandom) {
    this.#options = options;
    this.#random = random;
  }

  writePerson(index: number, visits: readonly EpochMs[], orderChance: number): void {
    const random = this.#random;
    const { seenShare, effect } = this.#options;
    let profile = newProfile(aProfileId(index), visits[0] ?? 0);
    for (const at of visits) {
      const applied = this.#apply(profile, { type: 'page', at });
      profile = applied.profile;
      const shown = applied.decisions.find(({ action }) => action === 'show');
      if (shown !== undefined && random.chance(seenShare)) {
        const properties = { decision_id: shown.decisionId };
        const seen = { type: 'track', name: messageEvents.seen, at: at + 100, properties } as const;
        profile = this.#apply(profile, seen).profile;
      }
      if (random.chance(orderChance * (shown === undefined ? 1 : effect))) {
        const properties = { order_id: `o-${at}`, total: 10 };
        const order = { type: 'track', name: 'Order Completed', properties } as const;
        profile = this.#apply(profile, { ...order, at: at + 5 * MINUTE_MS }).profile;
      }
    }
  }

  #apply(before: Profile, facts: Omit<Parameters<typeof anEvent>[0], 'messageId' | 'anonymousId'>) {
    this.#count += 1;
    const event: SiteEvent = anEvent({
      ...facts,
      messageId: `m-${this.#options.seed}-${this.#count}`,
      anonymousId: before.id,
    });
    const applied = applyEvent(before, event, this.#options.plan, event.at);
    this.decisions.push(...applied.logged);
    this.events.push({
      event,
      profileId: before.id,
      session: applied.session,
      isNewVisitor: applied.isNewVisitor,
      isMember: applied.isMember,
      trace: applied.trace,
      facts: undefined,
      run: undefined,
    });
    return applied;
  }
}
