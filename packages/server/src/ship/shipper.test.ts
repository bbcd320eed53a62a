import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { retryDelayMs } from './backoff.ts';
import { packBody } from './outbox-body.ts';
import type { EventLog, LogBatch, Outbox, OutboxBatch, OutboxRow, WaitingRows } from './ports.ts';
import { Shipper, type ShipperState } from './shipper.ts';

const someBody = await packBody('e{}');

/** An outbox in memory that keeps the promise of `claim`. */
class MemoryOutbox implements Outbox {
  readonly rows: OutboxRow[] = [];
  #claimed: OutboxBatch | undefined;
  #batches = 0n;

  add(count: number): void {
    for (let more = 0; more < count; more += 1) {
      this.rows.push({ id: BigInt(this.rows.length + 1), body: someBody });
    }
  }

  async claim(maxRows: number): Promise<OutboxBatch | undefined> {
    if (this.#claimed === undefined && this.rows.length > 0) {
      this.#batches += 1n;
      this.#claimed = { batch: this.#batches, rows: this.rows.slice(0, maxRows) };
    }
    return this.#claimed;
  }

  async release(batch: bigint): Promise<void> {
    expect(batch).toBe(this.#claimed?.batch);
    const gone = new Set(this.#claimed?.rows);
    this.rows.splice(0, this.rows.length, ...this.rows.filter((row) => !gone.has(row)));
    this.#claimed = undefined;
  }

  async waiting(): Promise<WaitingRows | undefined> {
    const [oldest, newest] = [this.rows.at(0)?.id, this.rows.at(-1)?.id];
    return oldest === undefined || newest === undefined ? undefined : { oldest, newest };
  }

  async backlog() {
    const rows = this.rows.length;
    return { rows, bytes: rows * 100, oldestAt: rows === 0 ? undefined : 0 };
  }
}

/** A log that stores a batch once, and fails when told: before it has stored it, or after. */
class MemoryLog implements EventLog {
  readonly batches = new Map<bigint, readonly bigint[]>();
  readonly failures: ('before' | 'after')[] = [];

  async append(batch: LogBatch): Promise<{ readonly events: number }> {
    const failure = this.failures.shift();
    if (failure === 'before') {
      throw new Error('away');
    }
    const ids = batch.rows.map((row) => row.id);
    expect(this.batches.get(batch.id) ?? ids).toEqual(ids);
    this.batches.set(batch.id, ids);
    if (failure === 'after') {
      throw new Error('reply lost');
    }
    return { events: ids.length };
  }

  get shipped(): readonly bigint[] {
    return [...this.batches.values()].flat();
  }
}

function aShipper(maxRows = 10) {
  const outbox = new MemoryOutbox();
  const eventLog = new MemoryLog();
  const states: ShipperState[] = [];
  const onState = (state: ShipperState) => states.push(state);
  const shipper = new Shipper({ outbox, eventLog, maxRows, now: () => 5_000, onState });
  return { outbox, eventLog, shipper, states };
}

const ids = (count: number) => Array.from({ length: count }, (_, index) => BigInt(index + 1));

describe('flush', () => {
  test('ships also what was committed late, below a batch that was claimed before', async () => {
    const { outbox, eventLog, shipper } = aShipper();
    outbox.rows.push({ id: 10n, body: someBody }, { id: 11n, body: someBody });
    eventLog.failures.push('before');
    await expect(shipper.flush()).rejects.toThrow('away');
    outbox.rows.unshift({ id: 9n, body: someBody });
    await shipper.flush();
    expect(eventLog.shipped).toEqual([10n, 11n, 9n]);
    expect(outbox.rows).toEqual([]);
  });

  test('ships all, in order, each row once', async () => {
    const { outbox, eventLog, shipper } = aShipper();
    outbox.add(25);
    await shipper.flush();
    expect(eventLog.shipped).toEqual(ids(25));
    expect(outbox.rows).toEqual([]);
    expect(shipper.state).toMatchObject({ pendingRows: 0, oldestAgeMs: 0, shippedRows: 25 });
  });

  test.each(['before', 'after'] as const)(
    'that fails %s the batch is stored loses and doubles nothing',
    async (moment) => {
      const { outbox, eventLog, shipper } = aShipper();
      outbox.add(25);
      eventLog.failures.push(moment);
      await expect(shipper.flush()).rejects.toThrow();
      expect(shipper.state).toMatchObject({ pendingRows: 25, oldestAgeMs: 5_000 });
      expect(shipper.state.lastError).toBeInstanceOf(Error);
      outbox.add(1);
      await shipper.flush();
      expect(eventLog.shipped).toEqual(ids(26));
      expect(shipper.state.lastError).toBeUndefined();
    },
  );

  test('ends, however much is committed meanwhile', async () => {
    const { outbox, eventLog, shipper } = aShipper(10);
    outbox.add(25);
    const release = outbox.release.bind(outbox);
    outbox.release = async (batch) => {
      await release(batch);
      outbox.rows.push({ id: 1_000n + batch, body: someBody });
    };
    await shipper.flush();
    expect(eventLog.shipped.slice(0, 25)).toEqual(ids(25));
    expect(outbox.rows.length).toBeGreaterThan(0);
  });

  test('twice at once ships each row once', async () => {
    const { outbox, eventLog, shipper } = aShipper(3);
    outbox.add(20);
    await Promise.all([shipper.flush(), shipper.flush()]);
    expect(eventLog.shipped).toEqual(ids(20));
  });
});

describe('the loop', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('follows a full batch at once and rests a second after one that is not', async () => {
    const { outbox, eventLog, shipper } = aShipper(10);
    outbox.add(15);
    shipper.start();
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(0);
      expect(eventLog.shipped).toHaveLength(15);
    });
    outbox.add(1);
    await vi.advanceTimersByTimeAsync(990);
    expect(eventLog.shipped).toHaveLength(15);
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(10);
      expect(eventLog.shipped).toHaveLength(16);
    });
    await shipper.stop();
    outbox.add(1);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(eventLog.shipped).toHaveLength(16);
  });

  test('comes back by itself after the log was away', async () => {
    const { outbox, eventLog, shipper, states } = aShipper();
    eventLog.failures.push('before', 'after', 'before');
    outbox.add(5);
    shipper.start();
    await vi.waitFor(async () => {
      await vi.advanceTimersByTimeAsync(1_000);
      expect(outbox.rows).toEqual([]);
    });
    expect(eventLog.shipped).toEqual(ids(5));
    expect(states.filter(({ lastError }) => lastError !== undefined).length).toBeGreaterThan(2);
    await shipper.stop();
  });
});

test('attempts come further apart, to half a minute at most, and not in step', () => {
  expect(retryDelayMs(1, 0)).toBe(500);
  expect(retryDelayMs(1, 0.999)).toBeCloseTo(1_000, -1);
  expect(retryDelayMs(4, 0.5)).toBe(6_000);
  expect(retryDelayMs(500, 0)).toBe(15_000);
  expect(retryDelayMs(500, 1)).toBe(30_000);
});
