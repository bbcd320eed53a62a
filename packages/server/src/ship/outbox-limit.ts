import { Problem } from '@tenth/model/problem.ts';
import { SECOND_MS } from '@tenth/model/time.ts';
import type { Outbox } from './ports.ts';

export interface OutboxLimitOptions {
  readonly outbox: Required<Pick<Outbox, 'backlog'>>;
  /** Of the packed commits that wait for the event log, over all nodes. */
  readonly maxBytes: number;
  readonly onFailed: (error: unknown) => void;
}

/** At 10,000 events a second some 20 MB come in between, which is little against any limit that makes sense. */
const LOOK_EVERY_MS = 5 * SECOND_MS;
/** Below this share it opens again, so that it does not open and close with every batch. */
const OPENS_AT = 0.9;

/**
 * Whether the outbox is full.
 *
 * @param wasFull At the last look.
 */
export function isOutboxFull(wasFull: boolean, bytes: number, maxBytes: number): boolean {
  return bytes >= maxBytes * (wasFull ? OPENS_AT : 1);
}

/**
 * Keeps an event log that is away for long from filling the disk of the operational store, which would
 * stop everything: beyond the limit new events are refused, and whoever sent them keeps them.
 */
export class OutboxLimit {
  readonly #options: OutboxLimitOptions;
  #isFull = false;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: OutboxLimitOptions) {
    this.#options = options;
  }

  get isFull(): boolean {
    return this.#isFull;
  }

  /** @throws {Problem} store-unavailable */
  requireRoom(): void {
    if (this.#isFull) {
      throw new Problem(
        'store-unavailable',
        'Too much waits for the event log; send the events again later.',
      );
    }
  }

  /** Looks once, and then every few seconds until {@link stop}. */
  async start(): Promise<void> {
    await this.look();
    this.#timer = setTimeout(() => void this.start(), LOOK_EVERY_MS).unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  async look(): Promise<void> {
    const { outbox, maxBytes, onFailed } = this.#options;
    try {
      const { bytes } = await outbox.backlog();
      this.#isFull = isOutboxFull(this.#isFull, bytes, maxBytes);
    } catch (error) {
      // It stays as it was: without the operational store nothing is taken anyway.
      onFailed(error);
    }
  }
}
