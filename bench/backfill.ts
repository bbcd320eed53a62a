import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { aTrack } from '@tenth/engine/testing/builders.ts';
import { messageId, workspaceId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { segment } from '@tenth/model/segment.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { PlanRegistry } from '@tenth/server/admin/plan-registry.ts';
import { Publisher } from '@tenth/server/admin/publisher.ts';
import { Backfiller } from '@tenth/server/backfill/backfiller.ts';
import { readHistory } from '@tenth/server/backfill/read-history.ts';
import { SegmentPublisher } from '@tenth/server/backfill/segment-publisher.ts';
import { createPipeline } from '@tenth/server/commit/pipeline.ts';
import { packBody } from '@tenth/server/ship/outbox-body.ts';
import { Shipper } from '@tenth/server/ship/shipper.ts';
import { createEventLog } from '@tenth/server/stores/clickhouse/append-batch.ts';
import { connectClickHouse } from '@tenth/server/stores/clickhouse/connect.ts';
import { toLogText } from '@tenth/server/stores/clickhouse/log-text.ts';
import { migrateClickHouse } from '@tenth/server/stores/clickhouse/migrate.ts';
import { createBackfillStore } from '@tenth/server/stores/postgres/backfill-store.ts';
import { createCommitStore } from '@tenth/server/stores/postgres/commit-store.ts';
import { openEmbedded } from '@tenth/server/stores/postgres/embedded-connection.ts';
import { migrate } from '@tenth/server/stores/postgres/migrate.ts';
import { createOutboxStore } from '@tenth/server/stores/postgres/outbox-store.ts';
import { createPlanStore } from '@tenth/server/stores/postgres/plan-store.ts';
import { createWorkspaceStore } from '@tenth/server/stores/postgres/workspace-store.ts';
import { sql } from 'kysely';
import { threadSeconds } from './process-figures.ts';

/**
 * How long an edited segment takes to be counted and brought to everybody, embedded:
 * `npm run bench -- backfill [people] [events a person] [share]`. Of that share of the people, every other event is
 * of the kind that it counts; about half of them come in.
 */
const PEOPLE = Number(process.argv[2] ?? 100_000);
const EVENTS = Number(process.argv[3] ?? 4);
const SHARE = Number(process.argv[4] ?? 0.2);
const WORKSPACE = workspaceId.parse('bench');
const PEOPLE_AT_ONCE = 1_000;

const print = (line: string) => process.stdout.write(`${line}\n`);
/** Less a matter of what else the machine does than the time is. */
function perPerson(from: ReadonlyMap<string, number>, to: ReadonlyMap<string, number>): string {
  const spent = [...to].map(([name, seconds]) => ({
    name,
    micros: ((seconds - (from.get(name) ?? 0)) * 1_000_000) / PEOPLE,
  }));
  const all = spent.reduce((sum, { micros }) => sum + micros, 0);
  const most = spent
    .filter(({ micros }) => micros >= 1)
    .sort((one, other) => other.micros - one.micros)
    .map(({ name, micros }) => `${name} ${Math.round(micros)}`);
  return `${Math.round(all)} µs (${most.join(', ')})`;
}

const dataDir = mkdtempSync(join(tmpdir(), 'tenth-bench-'));
// Seen from where the bundle of this file lies.
const workerUrl = new URL('../../packages/server/dist/pglite-worker.js', import.meta.url);
const postgres = await openEmbedded({ dataDir: join(dataDir, 'postgres'), workerUrl });
await migrate(postgres.db, Date.now());
const clickhouse = await connectClickHouse({ kind: 'embedded', dataDir: join(dataDir, 'events') });
await migrateClickHouse(clickhouse);

const planStore = createPlanStore(postgres, Date.now);
const plans = new PlanRegistry(() => Promise.reject(new Error('there are no lists')));
await createWorkspaceStore(postgres).ensure(WORKSPACE, Date.now());
const definition = planDefinition.parse({
  version: 1,
  settings: { name: 'Bench' },
  segments: [],
  campaigns: [],
});
await planStore.append(WORKSPACE, definition);
await plans.load(WORKSPACE, definition);
const pipeline = createPipeline({
  store: createCommitStore(postgres),
  plans: { get: (id) => plans.get(id).plan },
  toOutboxBody: (records) => packBody(toLogText(records)),
  now: Date.now,
});
const shipper = new Shipper({
  outbox: createOutboxStore(postgres),
  eventLog: createEventLog(clickhouse.client),
});
shipper.start();

let from = performance.now();
const begun = Date.now() - 2 * DAY_MS;
for (let first = 0; first < PEOPLE; first += PEOPLE_AT_ONCE) {
  const batchEvents = Math.min(PEOPLE_AT_ONCE, PEOPLE - first) * EVENTS;
  const batch = Array.from({ length: batchEvents }, (_, index) =>
    aTrack(
      index % 2 === 0 && index < batchEvents * SHARE ? 'Product Viewed' : 'Product List Viewed',
      { product_id: `p${index % 500}`, price: (index * 7_919) % 90_000, category: 'men' },
      {
        anonymousId: `visitor-${first + Math.floor(index / EVENTS)}`,
        messageId: messageId.parse(`${first}-${index}`),
        at: begun + (index % EVENTS) * MINUTE_MS,
      },
    ),
  );
  await pipeline.process(WORKSPACE, batch, false, Date.now());
}
await shipper.flush();
// As a server would have long since, in the background.
for (const table of ['profiles', 'identifiers', 'people_index', 'outbox'] as const) {
  await sql`vacuum ${sql.table(table)}`.execute(postgres.db);
}
for (let isMerging = true; isMerging; ) {
  const merges = await clickhouse.client.query({ query: 'SELECT 1 FROM system.merges' });
  isMerging = (await merges.json()).rows !== 0;
  await setTimeout(100);
}
print(
  `${PEOPLE} people with ${PEOPLE * EVENTS} events stored and shipped in ${Math.round(performance.now() - from)} ms`,
);

const publisher = new Publisher({ store: planStore, registry: plans });
const backfills = createBackfillStore(postgres);
const segments = new SegmentPublisher({
  store: backfills,
  plans,
  publisher,
  versions: planStore,
  now: Date.now,
  onStarted: () => {},
});
let readMs = 0;
const backfiller = new Backfiller({
  store: backfills,
  pipeline,
  plans,
  publisher,
  async *history(id, whose, aggregates) {
    const asked = performance.now();
    await shipper.flush();
    for await (const page of readHistory(
      { client: clickhouse.client, workspaceId: id },
      whose,
      aggregates,
    )) {
      readMs += performance.now() - asked;
      yield page;
    }
  },
  now: Date.now,
  graceMs: 0,
});
const edited = segment.parse({
  id: 'interested',
  name: { en: 'Interested' },
  condition: {
    kind: 'event_number',
    event: { type: 'track', name: 'Product Viewed' },
    property: 'properties.price',
    measure: 'sum',
    window: { kind: 'last_days', days: 30 },
    test: { op: 'gte', value: 90_000 },
  },
});
from = performance.now();
let cpuFrom = await threadSeconds(process.pid);
await segments.publish(WORKSPACE, edited);
let state: string | undefined = 'counting';
for (let isMore = true; isMore; ) {
  const before: string | undefined = state;
  isMore = await backfiller.step();
  state = (await backfills.find(WORKSPACE, edited.id))?.state;
  if (state !== before) {
    const tookMs = performance.now() - from;
    const figures = [
      `${Math.round(tookMs)} ms`,
      `${Math.round((PEOPLE / tookMs) * 1_000)} people/s`,
      // Every other event of the share is read.
      ...(before === 'counting'
        ? [
            `${Math.round((PEOPLE * EVENTS * SHARE * 500) / tookMs)} events/s`,
            `${Math.round(readMs)} ms of it reading the log`,
          ]
        : []),
    ];
    const cpu = await threadSeconds(process.pid);
    print(`${before}: ${figures.join(', ')}, CPU a person ${perPerson(cpuFrom, cpu)}`);
    cpuFrom = cpu;
    from = performance.now();
  }
}
const done = await backfills.find(WORKSPACE, edited.id);
print(`${done?.state}: ${done?.entering} of ${done?.people} people came in`);
await shipper.stop();
await clickhouse.close();
await postgres.close();
rmSync(dataDir, { recursive: true, force: true });
