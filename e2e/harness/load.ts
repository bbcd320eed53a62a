import { postBatch } from './api.ts';

/** An event that was sent and must, in the end, be counted exactly once. */
export interface Sent {
  readonly anonymousId: string;
  readonly messageId: string;
}

/** A seeded generator (mulberry32), so that a failing run can be run again. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Clients that put products in carts, a few at a time, and that keep what was not acknowledged to
 * send it again under the same message id, as every Segment client does.
 */
export class Load {
  readonly acknowledged: Sent[] = [];
  #pending: Sent[] = [];
  #made = 0;
  readonly #random: () => number;
  readonly #people: number;

  constructor(random: () => number, people: number) {
    this.#random = random;
    this.#people = people;
  }

  get pending(): number {
    return this.#pending.length;
  }

  /** Sends from several clients at once until told to stop; a refused connection ends that client. */
  async run(origin: string, clients: number, isOver: () => boolean): Promise<void> {
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (!isOver()) {
          const batch = this.#pending.splice(0, 3);
          if (batch.length === 0) {
            batch.push(...this.#fresh());
          }
          try {
            await postBatch(origin, batch.map(asEvent));
            this.acknowledged.push(...batch);
          } catch {
            // Not acknowledged: it may or may not have been kept, so it is sent again later.
            this.#pending.push(...batch);
            return;
          }
        }
      }),
    );
  }

  /** Sends all that is still unacknowledged. */
  async finish(origin: string): Promise<void> {
    await this.run(origin, 4, () => this.#pending.length === 0);
  }

  #fresh(): Sent[] {
    const anonymousId = `shopper-${Math.floor(this.#random() * this.#people)}`;
    return Array.from({ length: 1 + Math.floor(this.#random() * 3) }, () => {
      this.#made += 1;
      return { anonymousId, messageId: `message-${this.#made}` };
    });
  }
}

/** Of each product put in a cart, in won. */
export const PRICE = 100;

function asEvent({ anonymousId, messageId }: Sent): object {
  return {
    type: 'track',
    event: 'Product Added',
    anonymousId,
    messageId,
    properties: { product_id: 'p1', quantity: 1, price: PRICE, currency: 'KRW' },
  };
}
