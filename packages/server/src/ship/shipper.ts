import { SECOND_MS } from '@tenth/model/time.ts';
import { retryDelayMs } from './backoff.ts';
import type { EventLog, Outbox, OutboxBatch } from './ports.ts';

export interface ShipperOptions {
  readonly outbox: Outbox;
  readonly eventLog: EventLog;
  /** Rest after a batch that was not full: a batch a second keeps ClickHouse's parts few. */
  readonly intervalMs?: number;
  /** Outbox rows a batch. A full batch is followed at once by the next. */
  readonly maxRows?: number;
  readonly now?: () => number;
  /** In [0, 1); spreads the retries of several nodes. */
  readonly random?: () => number;
  readonly onState?: (state: ShipperState) => void;
}

export interface ShipperState {
  /** Outbox rows not yet in the event log. */
  readonly pendingRows: number;
  /** Age of the oldest of them, in ms; 0 where none waits. */
  readonly oldestAgeMs: number;
  /** Of the last attempt; undefined once one succeeds. */
  readonly lastError: Error | undefined;
  readonly shippedRows: number;
  readonly shippedEvents: number;
  /** Attempts that came to nothing, since the start. */
  readonly failedBatches: number;
}

/**
 * Moves outbox rows into the event log, each exactly once: claim, append, release. One at a time,
 * so that the log's order is the outbox's.
 */
export class Shipper {
  readonly #options: Required<Omit<ShipperOptions, 'onState'>>;
  readonly #onState: (state: ShipperState) => void;
  #state: ShipperState = {
    pendingRows: 0,
    oldestAgeMs: 0,
    lastError: undefined,
    shippedRows: 0,
    shippedEvents: 0,
    failedBatches: 0,
  };
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #failures = 0;
  #isStarted = false;

  constructor(options: ShipperOptions) {
    const { onState = () => {}, ...rest } = options;
    this.#options = {
      intervalMs: SECOND_MS,
      maxRows: 100,
      now: Date.now,
      random: Math.random,
      ...rest,
    };
    this.#onState = onState;
  }

  get state(): ShipperState {
    return this.#state;
  }

  start(): void {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.#schedule(0);
    }
  }

  /**
   * Ships all that was committed before the call.
   *
   * @throws {Error} The first failure; what was not shipped stays in the outbox.
   */
  async flush(): Promise<void> {
    const { outbox } = this.#options;
    const asked = await outbox.waiting();
    // What comes after is not waited for, or under load there would be no end to it. What waits is asked
    // anew each time: a batch that was claimed before comes first, and may lie beyond rows committed late.
    for (
      let left = asked;
      asked !== undefined && left !== undefined;
      left = await outbox.waiting()
    ) {
      if (left.oldest > asked.newest) {
        return;
      }
      await this.#once(() => this.#shipOne());
    }
  }

  /** Finishes the batch in hand and starts no other. */
  async stop(): Promise<void> {
    this.#isStarted = false;
    clearTimeout(this.#timer);
    await this.#running;
  }

  #schedule(delayMs: number): void {
    this.#timer = setTimeout(() => void this.#turn(), delayMs);
  }

  async #turn(): Promise<void> {
    let delayMs = this.#options.intervalMs;
    try {
      await this.#running;
      const shipped = await this.#once(() => this.#shipOne());
      this.#failures = 0;
      delayMs = (shipped?.rows.length ?? 0) >= this.#options.maxRows ? 0 : delayMs;
    } catch {
      // Kept in the state by #shipOne; the rows stay in the outbox, so trying again is all there is to do.
      this.#failures += 1;
      delayMs = retryDelayMs(this.#failures, this.#options.random());
    }
    if (this.#isStarted) {
      this.#schedule(delayMs);
    }
  }

  /** Remembers the batch in hand, so that flush and stop can wait for it whatever comes of it. */
  async #once<Shipped>(ship: () => Promise<Shipped>): Promise<Shipped> {
    while (this.#running !== undefined) {
      await this.#running;
    }
    const shipping = ship();
    this.#running = shipping.then(
      () => undefined,
      () => undefined,
    );
    try {
      return await shipping;
    } finally {
      this.#running = undefined;
    }
  }

  async #shipOne(): Promise<OutboxBatch | undefined> {
    const { outbox, eventLog, maxRows } = this.#options;
    try {
      const claimed = await outbox.claim(maxRows);
      await this.#measureBacklog(claimed);
      if (claimed === undefined) {
        this.#update({ lastError: undefined });
        return undefined;
      }
      const { events } = await eventLog.append({ id: claimed.batch, rows: claimed.rows });
      await outbox.release(claimed.batch);
      this.#countShipped(claimed.rows.length, events);
      return claimed;
    } catch (cause) {
      const lastError = cause instanceof Error ? cause : new Error(String(cause));
      this.#update({ lastError, failedBatches: this.#state.failedBatches + 1 });
      throw lastError;
    }
  }

  async #measureBacklog(claimed: OutboxBatch | undefined): Promise<void> {
    const backlog = await this.#options.outbox.backlog?.();
    const oldestAt = backlog?.oldestAt;
    this.#update({
      pendingRows: backlog?.rows ?? claimed?.rows.length ?? 0,
      oldestAgeMs: oldestAt === undefined ? 0 : Math.max(0, this.#options.now() - oldestAt),
    });
  }

  #countShipped(rows: number, events: number): void {
    const pendingRows = Math.max(0, this.#state.pendingRows - rows);
    this.#update({
      pendingRows,
      oldestAgeMs: pendingRows === 0 ? 0 : this.#state.oldestAgeMs,
      lastError: undefined,
      shippedRows: this.#state.shippedRows + rows,
      shippedEvents: this.#state.shippedEvents + events,
    });
  }

  #update(change: Partial<ShipperState>): void {
    this.#state = { ...this.#state, ...change };
    this.#onState(this.#state);
  }
}
