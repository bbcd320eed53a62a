import { channels } from '@tenth/model/channel.ts';
import { messageEvents } from '@tenth/model/event.ts';
import {
  campaignId,
  decisionId,
  type ProfileId,
  sessionId,
  variantId,
  type WorkspaceId,
} from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import type {
  LoggedDecision,
  LoggedEvent,
  LogRecord,
  PersonLink,
} from '@tenth/model/log-record.ts';
import { DAY_MS, type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import { anEvent, aProfileId, aSession, type EventFacts } from './log-builders.ts';
import { SeededRandom } from './seeded-random.ts';

export interface GeneratedHistory {
  readonly events: readonly LoggedEvent[];
  readonly decisions: readonly LoggedDecision[];
  readonly personLinks: readonly PersonLink[];
}

export interface HistoryOptions {
  readonly seed: number;
  readonly profiles: number;
  readonly fromMs: EpochMs;
  readonly toMs: EpochMs;
  readonly campaignIds: readonly string[];
}

/**
 * Weeks of a made-up shop: visits, orders reported twice, in two currencies or in none, bots, several
 * campaigns in both arms with answers, a holdout share that changes half-way, merges and unmerges.
 */
export function generateHistory(options: HistoryOptions): GeneratedHistory {
  const writer = new HistoryWriter(options);
  for (let index = 1; index <= options.profiles; index += 1) {
    writer.writeProfile(index);
  }
  writer.writeLinks();
  return writer;
}

/** Cuts a history into commits, in the order of receipt. */
export function toLogRecords(
  history: GeneratedHistory,
  workspaceId: WorkspaceId,
  size: number,
): readonly LogRecord[] {
  const events = history.events.toSorted((one, other) => one.event.at - other.event.at);
  const records: LogRecord[] = [];
  for (let first = 0; first < events.length; first += size) {
    const part = events.slice(first, first + size);
    const ids = new Set<string>(part.map(({ event }) => event.messageId));
    const decisions = history.decisions.filter((decision) => ids.has(decision.messageId));
    const personLinks = first === 0 ? history.personLinks : [];
    records.push({ workspaceId, events: part, decisions, personLinks });
  }
  return records;
}

class HistoryWriter implements GeneratedHistory {
  readonly events: LoggedEvent[] = [];
  readonly decisions: LoggedDecision[] = [];
  readonly personLinks: PersonLink[] = [];
  readonly #options: HistoryOptions;
  readonly #random: SeededRandom;
  #count = 0;

  constructor(options: HistoryOptions) {
    this.#options = options;
    this.#random = new SeededRandom(options.seed);
  }

  writeProfile(index: number): void {
    const isBot = this.#random.chance(0.1);
    const arms = new Map(
      this.#options.campaignIds.map((id) => [
        id,
        { draw: this.#random.next(), point: this.#random.next() },
      ]),
    );
    const visits = this.#random.between(1, 5);
    for (let visit = 0; visit < visits; visit += 1) {
      this.#writeVisit({ profileId: aProfileId(index), isBot, arms, isNew: visit === 0 });
    }
  }

  /** Every fifth profile joins its neighbour, and every tenth of them is parted again. */
  writeLinks(): void {
    for (let index = 5; index < this.#options.profiles; index += 5) {
      const profileId = aProfileId(index);
      const personId = aProfileId(index + 1);
      this.personLinks.push({ profileId, personId, version: 1 });
      if (index % 50 === 0) {
        this.personLinks.push({ profileId, personId: profileId, version: 2 });
      }
      if (index % 75 === 0) {
        // The neighbour is absorbed itself; only its own link says so.
        this.personLinks.push({ profileId: personId, personId: aProfileId(index + 2), version: 3 });
      }
    }
  }

  #writeVisit(visitor: Visitor): void {
    const { fromMs, toMs } = this.#options;
    const startedAt = this.#random.between(fromMs - 20 * DAY_MS, toMs + 5 * DAY_MS);
    const channel = this.#random.pick(channels.slice(0, 5));
    const id = `${visitor.profileId.slice(-4)}-${startedAt.toString(36)}`;
    const session = this.#random.chance(0.95) ? aSession(id, startedAt, channel) : undefined;
    let at = startedAt;
    for (let count = this.#random.between(1, 9); count > 0; count -= 1) {
      this.#log(visitor, session, { ...this.#someEvent(), at, isBot: visitor.isBot, channel });
      at += this.#random.between(1, 10 * MINUTE_MS);
    }
  }

  #someEvent(): Pick<EventFacts, 'type' | 'name' | 'properties' | 'category'> & { name: string } {
    const random = this.#random;
    const draw = random.next();
    if (draw < 0.45) {
      const category = random.pick([
        'home',
        'product',
        'cart',
        'member-benefits',
        'sign-up',
        'Sign-Up',
      ]);
      return { type: 'page', name: random.pick(['', 'Home', 'Product']), category };
    }
    if (draw < 0.6) {
      return {
        type: 'track',
        name: 'Product Viewed',
        properties: { price: random.between(1, 100) },
      };
    }
    if (draw < 0.68) {
      return { type: 'track', name: 'Signed Up' };
    }
    if (draw < 0.85) {
      return { type: 'track', name: 'Order Completed', properties: this.#someOrder() };
    }
    return { type: random.pick(['identify', 'screen'] as const), name: '' };
  }

  #someOrder(): JsonObject {
    const random = this.#random;
    const amount = random.between(1_000, 90_000) + random.pick([0, 0.5]);
    return {
      order_id: random.pick(['o-1', 'o-2', 'o-3', 17, '']),
      total: random.chance(0.5) ? amount : String(amount),
      ...(random.chance(0.7) ? { currency: random.pick(['KRW', 'krw', 'USD']) } : {}),
      products: [{ quantity: random.between(1, 4), price: 10 }, { price: 5 }],
    };
  }

  #log(
    visitor: Visitor,
    session: LoggedEvent['session'],
    facts: Omit<EventFacts, 'messageId'>,
  ): void {
    this.#count += 1;
    const event = anEvent({ ...facts, messageId: `m-${this.#options.seed}-${this.#count}` });
    const { profileId, isNew } = visitor;
    const considered: NonNullable<LoggedEvent['trace']>['considered'] = [];
    for (const id of this.#options.campaignIds) {
      const decision = this.#random.chance(0.12) ? this.#decide(visitor, id, event) : undefined;
      if (decision !== undefined) {
        const { decisionId: made, probability } = decision;
        const outcome =
          decision.arm === 'holdout'
            ? ({ kind: 'withheld', decisionId: made, probability } as const)
            : ({
                kind: 'shown',
                decisionId: made,
                variantId: decision.variantId,
                probability,
              } as const);
        considered.push({ campaignId: campaignId.parse(id), outcome });
        this.#answer(visitor, session, decision);
      }
    }
    const trace =
      considered.length === 0 ? undefined : { planVersion: 1, at: event.at, considered };
    this.events.push({
      event,
      profileId,
      session,
      isNewVisitor: isNew,
      isMember: false,
      trace,
      facts: undefined,
      run: undefined,
    });
  }

  #decide(visitor: Visitor, id: string, event: LoggedEvent['event']): LoggedDecision {
    const { fromMs, toMs } = this.#options;
    const planVersion = event.at < (fromMs + toMs) / 2 ? 1 : 2;
    const share = planVersion === 1 ? 0.2 : 0.5;
    const drawn = visitor.arms.get(id) ?? { draw: 0, point: 0 };
    visitor.arms.set(id, drawn);
    const isHoldout = drawn.draw < share;
    const variant = drawn.point < 0.25 ? 'a' : 'b';
    const decision: LoggedDecision = {
      decisionId: decisionId.parse(
        (this.#count * 8 + this.decisions.length).toString(16).padStart(16, '0'),
      ),
      campaignId: campaignId.parse(id),
      variantId: variantId.parse(variant),
      arm: isHoldout ? 'holdout' : 'treatment',
      probability: isHoldout ? share : (1 - share) * (variant === 'a' ? 0.25 : 0.75),
      planVersion,
      at: event.at + this.#random.between(0, 50),
      messageId: event.messageId,
      profileId: visitor.profileId,
      sessionId: sessionId.parse('s'),
      isCrossedOver: this.#random.chance(0.01),
    };
    this.decisions.push(decision);
    return decision;
  }

  #answer(visitor: Visitor, session: LoggedEvent['session'], decision: LoggedDecision): void {
    // Some browsers answer what was withheld, or lose the first of two events: neither may mislead.
    for (const name of Object.values(messageEvents)) {
      if (this.#random.chance(0.4)) {
        this.#count += 1;
        const event = anEvent({
          messageId: `m-${this.#options.seed}-${this.#count}`,
          type: 'track',
          name,
          at: decision.at + this.#random.between(100, 3 * DAY_MS),
          properties: { decision_id: decision.decisionId },
          isBot: visitor.isBot,
        });
        const { profileId } = visitor;
        this.events.push({
          event,
          profileId,
          session,
          isNewVisitor: false,
          isMember: false,
          trace: undefined,
          facts: undefined,
          run: undefined,
        });
      }
    }
  }
}

interface Visitor {
  readonly profileId: ProfileId;
  readonly isBot: boolean;
  readonly isNew: boolean;
  readonly arms: Map<string, { readonly draw: number; readonly point: number }>;
}
