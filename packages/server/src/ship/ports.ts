import type { EpochMs } from '@tenth/model/time.ts';

/** Committed events and decisions on their way to the event log. Kept by the operational store. */
export interface Outbox {
  /**
   * The next batch, at most `maxRows` rows of it, oldest first. The batch's id is stored before it is
   * given out; a batch that was claimed and not released comes again first, with exactly its rows.
   */
  claim(maxRows: number): Promise<OutboxBatch | undefined>;
  /** The batch is in the event log: forget its rows. */
  release(batch: bigint): Promise<void>;
  /** The rows that wait; undefined where none does. */
  waiting(): Promise<WaitingRows | undefined>;
  /** What waits, the claimed batch included. Without it the shipper reports only what it holds. */
  backlog?(): Promise<Backlog>;
}

export interface WaitingRows {
  readonly oldest: bigint;
  readonly newest: bigint;
}

export interface OutboxBatch {
  /** Never used twice for different rows. */
  readonly batch: bigint;
  readonly rows: readonly OutboxRow[];
}

export interface OutboxRow {
  readonly id: bigint;
  /** Lines that the log itself has written, in the form of `packBody`. */
  readonly body: Uint8Array;
}

export interface Backlog {
  readonly rows: number;
  /** Of their packed bodies. */
  readonly bytes: number;
  /** When the oldest row was committed. */
  readonly oldestAt: EpochMs | undefined;
}

/** The columnar store. */
export interface EventLog {
  /**
   * Stores a batch exactly once, however often it is called with it and whatever is killed in between.
   * Resolves when the batch can be read.
   *
   * @throws {Error} The log does not answer, or a row cannot be read: skipping it would lose acknowledged
   *   events, so the line stands still until someone looks.
   */
  append(batch: LogBatch): Promise<{ readonly events: number }>;
}

export interface LogBatch {
  readonly id: bigint;
  readonly rows: readonly OutboxRow[];
}
