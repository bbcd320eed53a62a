import { expect, test } from 'vitest';
import { routeClassOf } from './metrics/route-class.ts';
import type { Watched } from './metrics/watched.ts';
import { createMetrics } from './metrics.ts';

const build = { version: '1.2.3', operationalStore: 'embedded', eventLog: 'served' } as const;

const watched: Watched = {
  pipeline: () => ({
    people: 7,
    waitingEvents: 2,
    rerunRequests: 1,
    lookups: 100,
    missedLookups: 9,
  }),
  ship: () => ({ shippedRows: 3, shippedEvents: 30, failedBatches: 1 }),
  outbox: async () => ({ rows: 4, bytes: 900, limitBytes: 5_000, oldestAgeSeconds: 1.5 }),
  sweepOverdueSeconds: async () => 0,
  backfills: async () => [0.75, 0.25],
  dataDirFreeBytes: async () => 1_000,
  pool: () => ({ total: 10, idle: 4, waiting: 1 }),
  breaker: () => 'open',
};

test('what is counted and what is watched is rendered under its name', async () => {
  const metrics = createMetrics(build);
  metrics.watch(watched);
  metrics.countRequest({ route: '/v1/decide', status: 200, seconds: 0.004 });
  metrics.countProblem('body-invalid');
  metrics.countRefusal({ field: 'userId', reason: 'give one "that" stands\nfor one person' });
  metrics.observeCommit(0.02, 12);
  const text = await metrics.render();
  for (const line of [
    'tenth_build_info{version="1.2.3",',
    'tenth_http_requests_total{class="decide",route="/v1/decide",status="2xx"} 1',
    'tenth_http_request_duration_seconds_bucket{le="0.005",class="decide"} 1',
    'tenth_http_problems_total{code="body-invalid"} 1',
    'tenth_collect_refusals_total{field="userId",reason="give one \\"that\\" stands\\nfor one person"} 1',
    'tenth_commit_events_sum 12',
    'tenth_commit_failures_total 0',
    'tenth_commit_waiting_events 2',
    'tenth_profile_cache_misses_total 9',
    'tenth_outbox_rows 4',
    'tenth_outbox_bytes 900',
    'tenth_outbox_limit_bytes 5000',
    'tenth_outbox_oldest_age_seconds 1.5',
    'tenth_ship_failures_total 1',
    'tenth_backfill_running 2',
    'tenth_backfill_progress_ratio 0.25',
    'tenth_data_dir_free_bytes 1000',
    'tenth_postgres_pool_connections{state="busy"} 6',
    'tenth_postgres_pool_waiting 1',
    'tenth_postgres_breaker_state{state="open"} 1',
    'tenth_postgres_breaker_state{state="closed"} 0',
    'nodejs_eventloop_lag_p99_seconds',
    'process_resident_memory_bytes',
  ]) {
    expect(text).toContain(line);
  }
});

test('a store that does not answer costs its own metrics alone', async () => {
  const metrics = createMetrics(build);
  metrics.watch({
    ...watched,
    outbox: () => Promise.reject(new Error('away')),
    sweepOverdueSeconds: () => new Promise(() => {}),
  });
  const text = await metrics.render();
  expect(text).toContain('tenth_outbox_rows Nan');
  expect(text).toContain('tenth_sweep_overdue_seconds Nan');
  expect(text).toContain('tenth_backfill_running 2');
});

test('label values that were not foreseen cannot fill the memory', async () => {
  const metrics = createMetrics(build);
  for (let n = 0; n < 3_000; n += 1) {
    metrics.countRefusal({ field: `field ${n}`, reason: '' });
  }
  const series = (await metrics.render()).match(/^tenth_collect_refusals_total\{/gm);
  expect(series?.length).toBe(2_000);
});

test('each kind of address is told from the others', () => {
  const classes = [
    ['/v1/decide', 'decide'],
    ['/v1/t', 'collection'],
    ['/beacon/v1/batch', 'collection'],
    ['/api/v1/events/stream', 'stream'],
    ['/api/v1/people/:person', 'administration'],
    ['/', 'console'],
    ['/console/*', 'console'],
    ['/t.js', 'script'],
    ['/readyz', 'health'],
    [undefined, 'none'],
  ] as const;
  expect(classes.map(([route]) => routeClassOf(route))).toEqual(classes.map(([, is]) => is));
});
