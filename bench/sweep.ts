import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { anEvent, aPlan, aTrack } from '@tenth/engine/testing/builders.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import { DAY_MS, SECOND_MS } from '@tenth/model/time.ts';
import { createPipeline } from '@tenth/server/commit/pipeline.ts';
import { packBody } from '@tenth/server/ship/outbox-body.ts';
import { toLogText } from '@tenth/server/stores/clickhouse/log-text.ts';
import { createCommitStore } from '@tenth/server/stores/postgres/commit-store.ts';
import { createDueStore } from '@tenth/server/stores/postgres/due-store.ts';
import { openEmbedded } from '@tenth/server/stores/postgres/embedded-connection.ts';
import { migrate } from '@tenth/server/stores/postgres/migrate.ts';
import { Sweeper } from '@tenth/server/sweep/sweeper.ts';

/**
 * How late people leave a segment by time alone, embedded, while others are on the site:
 * `npm run bench -- sweep [people] [seconds in which they are due; 0 for all at once] [connections]`.
 */
const PEOPLE = Number(process.argv[2] ?? 10_000);
const SPREAD_MS = Number(process.argv[3] ?? 10) * SECOND_MS;
const CONNECTIONS = Number(process.argv[4] ?? 16);
const WORKSPACE = workspaceId.parse('bench');
/** From the last import until the first person is due. */
const LEAD_MS = 3 * SECOND_MS;

const plan = aPlan({
  segments: [
    {
      id: 'recent',
      name: { en: 'Recent' },
      condition: {
        kind: 'recency',
        event: { type: 'track', name: 'Product Viewed' },
        test: { op: 'lt', value: 1 },
      },
    },
  ],
});
const print = (line: string) => process.stdout.write(`${line}\n`);

const dataDir = mkdtempSync(join(tmpdir(), 'tenth-bench-'));
// Seen from where the bundle of this file lies.
const workerUrl = new URL('../../packages/server/dist/pglite-worker.js', import.meta.url);
const connection = await openEmbedded({ dataDir, workerUrl });
await migrate(connection.db, Date.now());
const pipeline = createPipeline({
  store: createCommitStore(connection),
  plans: { get: () => plan },
  toOutboxBody: (records) => packBody(toLogText(records)),
  now: Date.now,
});

const importMs = PEOPLE * 0.5;
const firstDueAt = Date.now() + importMs + LEAD_MS;
for (let first = 0; first < PEOPLE; first += 1_000) {
  const batch = Array.from({ length: Math.min(1_000, PEOPLE - first) }, (_, index) => {
    const at = firstDueAt - DAY_MS + Math.floor(((first + index) / PEOPLE) * SPREAD_MS);
    return aTrack('Product Viewed', {}, { anonymousId: `due-${first + index}`, at });
  });
  await pipeline.process(WORKSPACE, batch, false, Date.now());
}
print(`${PEOPLE} people stored ${Math.round(firstDueAt - Date.now())} ms before the first is due`);

const lags: number[] = [];
const sweeper = new Sweeper({
  due: createDueStore(connection),
  pipeline,
  now: Date.now,
  onSwept: (_workspace, _segment, lagMs) => lags.push(lagMs),
  onFailed: (error) => print(String(error)),
});
sweeper.start();

let isOver = false;
const latencies: number[] = [];
let sent = 0;
const loops = Array.from({ length: CONNECTIONS }, async () => {
  while (!isOver) {
    const startedAt = performance.now();
    sent += 1;
    const event = anEvent({ anonymousId: `visitor-${sent % 5_000}`, at: Date.now() });
    await pipeline.process(WORKSPACE, [event], true, Date.now());
    if (Date.now() > firstDueAt) {
      latencies.push(performance.now() - startedAt);
    }
  }
});
const endAt = firstDueAt + SPREAD_MS + 60 * SECOND_MS;
while (lags.length < PEOPLE && Date.now() < endAt) {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
const tookMs = Date.now() - firstDueAt;
isOver = true;
await Promise.all(loops);
await sweeper.stop();

function spread(values: number[]): string {
  values.sort((left, right) => left - right);
  const at = (share: number) => (values[Math.ceil(values.length * share) - 1] ?? 0).toFixed(0);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, max ${at(1)} ms`;
}
print(`${lags.length} exits in ${tookMs} ms; from due to committed: ${spread(lags)}`);
print(
  `meanwhile ${Math.round((latencies.length / tookMs) * 1_000)} events/s over ${CONNECTIONS} connections: ${spread(latencies)}`,
);
await connection.close();
rmSync(dataDir, { recursive: true, force: true });
