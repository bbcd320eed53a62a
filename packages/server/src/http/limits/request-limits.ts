import { Problem } from '@tenth/model/problem.ts';
import { SECOND_MS } from '@tenth/model/time.ts';
import type { FastifyInstance } from 'fastify';
import { LRUCache } from 'lru-cache';
import { addressGroup } from '../../admin/address-group.ts';
import { type Bucket, type Rate, takeToken } from './token-bucket.ts';

/** Requests a second that one of each may send to this node for long; 0 for any number. */
export interface RequestRates {
  readonly address: number;
  /** Of the write or API key of a shop, to the collector. */
  readonly sender: number;
  /** To the administration. */
  readonly apiKey: number;
}

/** A page of a shop or of the console asks for several things at once, and then for none. */
const BURST_SECONDS = 10;
/** A bucket takes about 150 bytes. Whoever is crowded out starts with a full one. */
const MOST_BUCKETS = 100_000;

/**
 * How much one address and one key may ask for. Each node counts for itself: with three nodes and no
 * affinity one may send three times as much.
 */
export class RequestLimits {
  readonly #now: () => number;
  readonly #address: Limiter;
  readonly #sender: Limiter;
  readonly #apiKey: Limiter;

  constructor(rates: RequestRates, now: () => number) {
    this.#now = now;
    this.#address = new Limiter(rates.address);
    this.#sender = new Limiter(rates.sender);
    this.#apiKey = new Limiter(rates.apiKey);
  }

  /** @throws {Problem} too-many-requests */
  takeOfAddress(address: string): void {
    const group = addressGroup(address);
    if (group !== undefined) {
      this.#take(this.#address, group, 'from this address');
    }
  }

  /**
   * @param key The write or API key that was given; one that is known.
   * @throws {Problem} too-many-requests
   */
  takeOfSender(key: string): void {
    this.#take(this.#sender, key, 'with this key');
  }

  /**
   * @param keyId With its workspace.
   * @throws {Problem} too-many-requests
   */
  takeOfApiKey(keyId: string): void {
    this.#take(this.#apiKey, keyId, 'with this API key');
  }

  #take(limiter: Limiter, key: string, whose: string): void {
    const waitMs = limiter.take(key, this.#now());
    if (waitMs > 0) {
      const retryAfterSeconds = Math.ceil(waitMs / SECOND_MS);
      throw new Problem(
        'too-many-requests',
        `Too many requests come ${whose}; go on after ${retryAfterSeconds} s.`,
        undefined,
        { retryAfterSeconds },
      );
    }
  }
}

class Limiter {
  readonly #rate: Rate;
  readonly #buckets = new LRUCache<string, Bucket>({ max: MOST_BUCKETS });

  constructor(perSecond: number) {
    this.#rate = { perSecond, burst: perSecond * BURST_SECONDS };
  }

  /** @returns How long to wait, in ms; 0 where it may pass. */
  take(key: string, now: number): number {
    if (this.#rate.perSecond === 0) {
      return 0;
    }
    const { bucket, waitMs } = takeToken(this.#buckets.get(key), this.#rate, now);
    this.#buckets.set(key, bucket);
    return waitMs;
  }
}

/** Before anything of the request is read. */
export function limitAddresses(app: FastifyInstance, limits: RequestLimits): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.method !== 'OPTIONS') {
      limits.takeOfAddress(request.ip);
    }
    done();
  });
}
