import { messageEvents } from '@tenth/model/event.ts';
import { postBatch } from './api.ts';

/** An event that was sent and must, in the end, be counted exactly once. */
export interface SentCoin {
  readonly anonymousId: string;
  readonly messageId: string;
  readonly amount: number;
}

/** A message that reached a client. */
export interface Shown {
  readonly anonymousId: string;
  readonly campaignId: string;
  readonly decisionId: string;
}

export interface ShoppersOptions {
  readonly random: () => number;
  readonly people: number;
  /** Of the nodes; each request goes to any of them. */
  readonly origins: () => readonly string[];
}

/** After a refused request; a client of a shop waits longer. */
const AGAIN_MS = 50;

/**
 * Clients that send amounts, a few at a time, each request to any of the nodes, and that keep what was
 * not acknowledged to send it again under the same message id, as every Segment client does. What they
 * are shown they see at once, and tell so with the next request.
 */
export class Shoppers {
  readonly acknowledged: SentCoin[] = [];
  readonly shown: Shown[] = [];
  refusals = 0;
  #waiting: SentCoin[] = [];
  /** Messages of which it has not been told yet that they were seen. */
  #seen: Shown[] = [];
  #made = 0;
  readonly #options: ShoppersOptions;

  constructor(options: ShoppersOptions) {
    this.#options = options;
  }

  /** Sends from several clients at once until told to stop, and then until all is acknowledged. */
  async run(clients: number, isOver: () => boolean): Promise<void> {
    await Promise.all(
      Array.from({ length: clients }, async () => {
        for (;;) {
          const batch = this.#waiting.splice(0, 3);
          if (batch.length === 0 && isOver() && this.#seen.length === 0) {
            return;
          }
          await this.#send(batch.length === 0 && !isOver() ? this.#fresh() : batch);
        }
      }),
    );
  }

  async #send(batch: readonly SentCoin[]): Promise<void> {
    const { random, origins } = this.#options;
    const all = origins();
    const origin = all[Math.floor(random() * all.length)] ?? '';
    const confirmed = this.#seen.splice(0);
    try {
      const { decisions } = await postBatch(origin, [
        ...batch.map(asEvent),
        ...confirmed.map(asSeen),
      ]);
      this.acknowledged.push(...batch);
      for (const decision of decisions ?? []) {
        if (decision.action === 'show') {
          const by = batch.find(({ messageId }) => messageId === decision.messageId);
          const { campaignId, decisionId } = decision;
          const shown = { anonymousId: by?.anonymousId ?? '', campaignId, decisionId };
          this.shown.push(shown);
          this.#seen.push(shown);
        }
      }
    } catch {
      // Not acknowledged: it may or may not have been kept, so it is sent again later.
      this.refusals += 1;
      this.#waiting.push(...batch);
      this.#seen.push(...confirmed);
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
    }
  }

  #fresh(): readonly SentCoin[] {
    const { random, people } = this.#options;
    return Array.from({ length: 1 + Math.floor(random() * 3) }, () => {
      this.#made += 1;
      return {
        anonymousId: `shopper-${Math.floor(random() * people)}`,
        messageId: `coin-${this.#made}`,
        amount: 1 + Math.floor(random() * 1_000),
      };
    });
  }
}

export const COIN = 'Coin Spent';

export function asEvent({ anonymousId, messageId, amount }: SentCoin): object {
  return { type: 'track', event: COIN, anonymousId, messageId, properties: { amount } };
}

function asSeen({ anonymousId, decisionId }: Shown): object {
  return {
    type: 'track',
    event: messageEvents.seen,
    anonymousId,
    messageId: `seen-${decisionId}`,
    properties: { decision_id: decisionId },
  };
}
