import { setTimeout as wait } from 'node:timers/promises';
import { Problem } from '@tenth/model/problem.ts';
import type pg from 'pg';
import { admit, afterAnswer, afterSilence, type BreakerState, closedBreaker } from '../breaker.ts';
import { asStoreProblem, isSilence } from './silence.ts';

/** A connection of the pool, for one caller until it is released. */
export interface ServedClient {
  /** @throws {Problem} store-unavailable: whether it was done is not known. */
  query(
    statement: pg.QueryConfig | string,
    values?: unknown[],
  ): Promise<pg.QueryResult<Record<string, unknown>>>;
  /** Gives it back; one that did not answer is closed. */
  release(): void;
}

/** Nothing was sent yet, so to connect again is always safe. */
const MOST_CONNECTS = 3;
const RETRY_MS = 100;

/**
 * A pool of connections behind a breaker: while the server is away, callers are told so at once, and
 * no memory or connection is kept by waiting.
 */
export class ServedPool {
  readonly #pool: pg.Pool;
  #breaker: BreakerState = closedBreaker;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    // A connection that breaks fails the statement under way, and idle it is replaced with the next use.
    // It also tells of it by an event, idle or in use, which unheard would end the process.
    pool.on('error', () => {});
    pool.on('connect', (client) => client.on('error', () => {}));
  }

  get breaker(): BreakerState['kind'] {
    return this.#breaker.kind;
  }

  get counts(): { readonly total: number; readonly idle: number; readonly waiting: number } {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.#pool;
    return { total, idle, waiting };
  }

  /** @throws {Problem} store-unavailable: nothing was sent. */
  async connect(): Promise<ServedClient> {
    for (let tries = 1; ; tries += 1) {
      this.#refuseWhileOpen();
      try {
        return this.#watch(await this.#pool.connect());
      } catch (error) {
        this.#hear(error);
        if (tries === MOST_CONNECTS || !isSilence(error)) {
          throw asStoreProblem(error);
        }
        await wait(RETRY_MS * tries * (0.5 + Math.random() / 2));
      }
    }
  }

  /** Waits for connections in use. */
  end(): Promise<void> {
    return this.#pool.end();
  }

  #watch(client: pg.PoolClient): ServedClient {
    let isBroken = false;
    return {
      query: async (statement, values) => {
        try {
          const result = await client.query(statement, values);
          this.#breaker = afterAnswer();
          return result;
        } catch (error) {
          // Of statements that were under way together, all fail with their connection: one silence.
          if (!isBroken) {
            isBroken = isSilence(error);
            this.#hear(error);
          }
          throw asStoreProblem(error);
        }
      },
      release: () => client.release(isBroken),
    };
  }

  #refuseWhileOpen(): void {
    const { state, waitMs } = admit(this.#breaker, Date.now());
    this.#breaker = state;
    if (waitMs > 0) {
      throw new Problem(
        'store-unavailable',
        'The database does not answer; try again in a few seconds.',
      );
    }
  }

  #hear(error: unknown): void {
    this.#breaker = isSilence(error)
      ? afterSilence(this.#breaker, Date.now(), Math.random())
      : afterAnswer();
  }
}
