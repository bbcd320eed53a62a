/**
 * Measures the durable way of one event: `npx esbuild --bundle` of this file, then node. Prints events
 * a second, for closed loops of single-event requests that are decided on, and for an import.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aCampaign, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { packBody } from '../ship/outbox-body.ts';
import { toLogText } from '../stores/clickhouse/log-text.ts';
import { createCommitStore } from '../stores/postgres/commit-store.ts';
import { openEmbedded } from '../stores/postgres/embedded-connection.ts';
import { migrate } from '../stores/postgres/migrate.ts';
import { buildPgliteWorker } from '../stores/postgres/testing/pglite-worker-build.ts';
import { importEvents } from './import-events.ts';
import { createPipeline, type Pipeline } from './pipeline.ts';

const WORKSPACE = 'bench' as WorkspaceId;
const PEOPLE = 5_000;
const SECONDS = 8;

const plan = aPlan({
  campaigns: [
    aCampaign({ id: 'hello', trigger: { kind: 'page_count', pages: 3 } }),
    aCampaign({
      id: 'cart',
      trigger: { kind: 'event', event: { type: 'track', name: 'Product Added' } },
    }),
  ],
});

let sent = 0;
function nextEvent() {
  sent += 1;
  const person = (sent * 7_919) % PEOPLE;
  const at = T0 + sent;
  const properties = {
    product_id: `product-${sent % 500}`,
    name: 'Linen shirt, washed',
    category: `category-${sent % 12}`,
    brand: `brand-${sent % 20}`,
    price: 39_000,
    currency: 'KRW',
    quantity: 1,
  };
  return aTrack('Product Viewed', properties, {
    anonymousId: `00000000-0000-4000-8000-${String(person).padStart(12, '0')}`,
    at,
    payload: { type: 'track', event: 'Product Viewed', properties },
  });
}

async function closedLoops(pipeline: Pipeline, connections: number): Promise<void> {
  const end = performance.now() + SECONDS * 1_000;
  const latencies: number[] = [];
  const before = pipeline.stats();
  const cpu = process.cpuUsage();
  const thread = performance.eventLoopUtilization();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) {
        const startedAt = performance.now();
        const event = nextEvent();
        await pipeline.process(WORKSPACE, [event], true, event.at);
        latencies.push(performance.now() - startedAt);
      }
    }),
  );
  const after = pipeline.stats();
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((left, right) => left - right);
  const at = (share: number) => latencies[Math.floor(latencies.length * share)]?.toFixed(1);
  console.error(
    `${connections} connections: ${Math.round(latencies.length / SECONDS)} events/s,`,
    `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms,`,
    `${Math.round(latencies.length / (after.commits - before.commits))} events a commit,`,
    `main thread ${(performance.eventLoopUtilization(thread).utilization * 100).toFixed(0)} %,`,
    `${((user + system) / latencies.length).toFixed(0)} µs CPU an event`,
  );
}

const dataDir = mkdtempSync(join(tmpdir(), 'tenth-bench-'));
const workerUrl = process.env.PGLITE_WORKER
  ? new URL(process.env.PGLITE_WORKER)
  : await buildPgliteWorker();
const connection = await openEmbedded({ dataDir, workerUrl });
await migrate(connection.db, Date.now());
const pipeline = createPipeline({
  store: createCommitStore(connection),
  plans: { get: () => plan },
  toOutboxBody: (records) => packBody(toLogText(records)),
  now: Date.now,
});
for (const connections of [64, 128, 256, 512]) {
  await closedLoops(pipeline, connections);
}
const [size] = await connection.read<{ bytes: number; toasted: number }>(
  'select avg(length(state))::float8 as bytes, max(length(state)) as longest from profiles',
  [],
);
console.error('profile size', size);
async function* imported(count: number) {
  for (let index = 0; index < count; index += 1) {
    yield nextEvent();
  }
}
const startedAt = performance.now();
const count = 60_000;
await importEvents(pipeline, WORKSPACE, imported(count));
console.error(`import: ${Math.round(count / ((performance.now() - startedAt) / 1_000))} events/s`);
await connection.close();
rmSync(dataDir, { recursive: true, force: true });
