import { Counter, Gauge, type Registry } from 'prom-client';

/** What is asked for at each scrape, since nobody tells of it. A question that fails shows as NaN. */
export interface Watched {
  readonly pipeline: () => {
    readonly people: number;
    readonly waitingEvents: number;
    readonly rerunRequests: number;
    /** Identifiers that requests named, and those of them whose person was not in memory. */
    readonly lookups: number;
    readonly missedLookups: number;
  };
  readonly ship: () => {
    readonly shippedRows: number;
    readonly shippedEvents: number;
    readonly failedBatches: number;
  };
  readonly outbox: () => Promise<{
    readonly rows: number;
    readonly bytes: number;
    /** Beyond it events are refused. */
    readonly limitBytes: number;
    readonly oldestAgeSeconds: number;
  }>;
  /** For how long the person who is due longest has been waiting; 0 where nobody is. */
  readonly sweepOverdueSeconds: () => Promise<number>;
  /** Of each back-fill that is under way, from 0 to 1. */
  readonly backfills: () => Promise<readonly number[]>;
  /** Bytes free where the embedded stores are; undefined where there are none. */
  readonly dataDirFreeBytes: (() => Promise<number>) | undefined;
  /** Connections to a served PostgreSQL; undefined embedded. */
  readonly pool: () =>
    | { readonly total: number; readonly idle: number; readonly waiting: number }
    | undefined;
  /** Whether a served PostgreSQL is asked at all; undefined embedded. */
  readonly breaker: () => 'closed' | 'open' | 'half-open' | undefined;
}

/** What asks for metrics gives up after some ten seconds; a store that hangs must not cost the others. */
const ANSWER_WITHIN_MS = 2_000;

/** Declares the metrics at once, so that their names are there from the first scrape. */
export function createWatched(registry: Registry): (watched: Watched) => void {
  let watched: Watched | undefined;
  const gauge = (
    name: string,
    help: string,
    read: (of: Watched) => number | Promise<number>,
    // Of several workers: what each has is added up, what they share is told once.
    aggregator: 'sum' | 'max' = 'sum',
  ) =>
    new Gauge({
      name,
      help,
      aggregator,
      registers: [registry],
      async collect() {
        this.set(watched === undefined ? Number.NaN : await answer(read, watched));
      },
    });
  const counter = (name: string, help: string, read: (of: Watched) => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(watched === undefined ? 0 : read(watched));
      },
    });

  gauge(
    'tenth_commit_waiting_events',
    'Events taken in and not yet committed',
    (of) => of.pipeline().waitingEvents,
  );
  counter(
    'tenth_commit_rerun_requests_total',
    'Requests run again because another server was faster to change the person',
    (of) => of.pipeline().rerunRequests,
  );
  gauge('tenth_profile_cache_people', 'People in memory', (of) => of.pipeline().people);
  counter(
    'tenth_profile_cache_lookups_total',
    'Identifiers that requests named',
    (of) => of.pipeline().lookups,
  );
  counter(
    'tenth_profile_cache_misses_total',
    'Identifiers whose person had to be read from the operational store, or is new',
    (of) => of.pipeline().missedLookups,
  );

  const outboxOf = shared((of) => of.outbox());
  gauge(
    'tenth_outbox_rows',
    'Commits that the event log does not have yet',
    async (of) => (await outboxOf(of)).rows,
    'max',
  );
  gauge(
    'tenth_outbox_bytes',
    'Bytes of the commits that the event log does not have yet',
    async (of) => (await outboxOf(of)).bytes,
    'max',
  );
  gauge(
    'tenth_outbox_limit_bytes',
    'Bytes that may wait for the event log; beyond them events are refused',
    async (of) => (await outboxOf(of)).limitBytes,
    'max',
  );
  gauge(
    'tenth_outbox_oldest_age_seconds',
    'Age of the oldest commit that the event log does not have yet',
    async (of) => (await outboxOf(of)).oldestAgeSeconds,
    'max',
  );
  counter(
    'tenth_ship_rows_total',
    'Commits brought into the event log',
    (of) => of.ship().shippedRows,
  );
  counter(
    'tenth_ship_events_total',
    'Events brought into the event log',
    (of) => of.ship().shippedEvents,
  );
  counter(
    'tenth_ship_failures_total',
    'Batches that did not get into the event log and are tried again',
    (of) => of.ship().failedBatches,
  );
  gauge(
    'tenth_sweep_overdue_seconds',
    'For how long the person who is due longest has been waiting',
    (of) => of.sweepOverdueSeconds(),
    'max',
  );

  const backfillsOf = shared((of) => of.backfills());
  gauge(
    'tenth_backfill_running',
    'Segments that are being back-filled',
    async (of) => (await backfillsOf(of)).length,
    'max',
  );
  gauge(
    'tenth_backfill_progress_ratio',
    'How far the back-fill that is furthest behind has got; 1 where none is under way',
    async (of) => Math.min(1, ...(await backfillsOf(of))),
    'max',
  );
  gauge(
    'tenth_data_dir_free_bytes',
    'Bytes free where the embedded stores are; NaN where both are served',
    (of) => of.dataDirFreeBytes?.() ?? Number.NaN,
    'max',
  );
  watchPool(registry, () => watched?.pool());
  watchBreaker(registry, () => watched?.breaker());
  return (now) => {
    watched = now;
  };
}

function watchPool(registry: Registry, read: () => ReturnType<Watched['pool']>): void {
  new Gauge({
    name: 'tenth_postgres_pool_connections',
    help: 'Connections to a served PostgreSQL, by what they do',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const pool = read();
      this.reset();
      if (pool !== undefined) {
        this.set({ state: 'idle' }, pool.idle);
        this.set({ state: 'busy' }, pool.total - pool.idle);
      }
    },
  });
  new Gauge({
    name: 'tenth_postgres_pool_waiting',
    help: 'Callers that wait for a connection to a served PostgreSQL',
    registers: [registry],
    collect() {
      this.set(read()?.waiting ?? 0);
    },
  });
}

function watchBreaker(registry: Registry, read: () => ReturnType<Watched['breaker']>): void {
  new Gauge({
    name: 'tenth_postgres_breaker_state',
    help: 'Of the breaker before a served PostgreSQL: 1 for the state it is in, 0 for the others',
    labelNames: ['state'],
    aggregator: 'max',
    registers: [registry],
    collect() {
      const now = read();
      this.reset();
      for (const state of now === undefined ? [] : (['closed', 'half-open', 'open'] as const)) {
        this.set({ state }, state === now ? 1 : 0);
      }
    },
  });
}

/** One question for the metrics of one scrape that rest on its answer. */
function shared<Answer>(ask: (of: Watched) => Promise<Answer>): (of: Watched) => Promise<Answer> {
  let asked: Promise<Answer> | undefined;
  return (of) => {
    asked ??= ask(of).finally(() => {
      asked = undefined;
    });
    return asked;
  };
}

async function answer(
  read: (of: Watched) => number | Promise<number>,
  watched: Watched,
): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(Number.NaN), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([read(watched), late]);
  } catch {
    // Shown as NaN: a store that does not answer is told of by its own metrics and by /readyz.
    return Number.NaN;
  } finally {
    clearTimeout(timer);
  }
}
