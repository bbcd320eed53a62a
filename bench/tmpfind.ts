import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aTrack } from '@tenth/engine/testing/builders.ts';
import { messageId, workspaceId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { PlanRegistry } from '@tenth/server/admin/plan-registry.ts';
import { createPipeline } from '@tenth/server/commit/pipeline.ts';
import { packBody } from '@tenth/server/ship/outbox-body.ts';
import { toLogText } from '@tenth/server/stores/clickhouse/log-text.ts';
import { createCommitStore } from '@tenth/server/stores/postgres/commit-store.ts';
import { openEmbedded } from '@tenth/server/stores/postgres/embedded-connection.ts';
import { migrate } from '@tenth/server/stores/postgres/migrate.ts';
import { createPlanStore } from '@tenth/server/stores/postgres/plan-store.ts';
import { createWorkspaceStore } from '@tenth/server/stores/postgres/workspace-store.ts';

const PEOPLE = 100_000;
const EVENTS = 4;
const W = workspaceId.parse('bench');
const dataDir = mkdtempSync(join(tmpdir(), 'tenth-bench-'));
const workerUrl = new URL('../../packages/server/dist/pglite-worker.js', import.meta.url);
const postgres = await openEmbedded({ dataDir: join(dataDir, 'postgres'), workerUrl });
await migrate(postgres.db, Date.now());
const planStore = createPlanStore(postgres, Date.now);
const plans = new PlanRegistry(() => Promise.reject(new Error('no lists')));
await createWorkspaceStore(postgres).ensure(W, Date.now());
const definition = planDefinition.parse({
  version: 1,
  settings: { name: 'Bench' },
  segments: [],
  campaigns: [],
});
await planStore.append(W, definition);
await plans.load(W, definition);
const store = createCommitStore(postgres);
const pipeline = createPipeline({
  store,
  plans: { get: (id) => plans.get(id).plan },
  toOutboxBody: (r) => packBody(toLogText(r)),
  now: Date.now,
});
const begun = Date.now() - 2 * DAY_MS;
for (let first = 0; first < PEOPLE; first += 1000) {
  const batch = Array.from({ length: 1000 * EVENTS }, (_, index) =>
    aTrack(
      'Product Viewed',
      { product_id: `p${index % 500}`, price: (index * 7_919) % 90_000, category: 'men' },
      {
        anonymousId: `visitor-${first + Math.floor(index / EVENTS)}`,
        messageId: messageId.parse(`${first}-${index}`),
        at: begun + (index % EVENTS) * MINUTE_MS,
      },
    ),
  );
  await pipeline.process(W, batch, false, Date.now());
}
const ids = (
  await postgres.read<{ profile_id: string }>(
    'select profile_id from profiles order by profile_id',
    [],
  )
).map((r) => r.profile_id);

const anon = ids.slice(0, 1000).map((_, i) => `visitor-${i * 17}`);
const FINDQ = (await import('node:fs')).readFileSync('/work/main/packages/server/src/stores/postgres/commit-store.ts', 'utf8').match(/const FIND = `([^`]*)`/)![1]!.replaceAll('\\\\', '\\');
console.log((await postgres.read('show random_page_cost', [])), await postgres.read('show shared_buffers', []), await postgres.read('show work_mem', []), await postgres.read('show effective_cache_size', []), await postgres.read('show plan_cache_mode', []), await postgres.read('show jit', []));
const settings = process.argv[2] ?? '';
if (settings) for (const one of settings.split(';')) await postgres.read(one, []);
async function plan(name: string, sql: string, values: any[]) {
  for (let i = 0; i < 3; i++) { const t = performance.now(); await postgres.read(sql, values); console.log(name, (performance.now() - t).toFixed(1)); }
  const rows = await postgres.read<any>('explain (analyze, buffers) ' + sql, values);
  console.log(rows.map((r: any) => r['QUERY PLAN']).join('\n'));
}
const W1 = anon.map(() => W as string);
await plan('identifiers', FINDQ, [W1, anon.map(() => 'anonymous_id'), anon, [], []]);
await plan('unknown', FINDQ, [W1, anon.map(() => 'anonymous_id'), anon.map((a) => a + 'x'), [], []]);
const some = ids.slice(0, 500);
await plan('profiles', FINDQ, [[], [], [], some.map(() => W as string), some]);
await plan('walk', `select coalesce(string_agg(profile_id || ' ' || version || ' ' || incarnation || ' ' || is_concerned::int,
    E'\\n' order by profile_id), '') as people
  from (
    select profile_id, version, incarnation, (strpos(state, $4) > 0 or strpos(state, $5) > 0) as is_concerned from profiles
    where workspace_id = $1 and merged_into is null and profile_id > $2 order by profile_id limit $3::bigint) as page`, [W, ids[Math.floor(ids.length / 3)]!, 8000, '"segmentId":"interested"', '"abc-count-0":']);
await postgres.close();
rmSync(dataDir, { recursive: true, force: true });
