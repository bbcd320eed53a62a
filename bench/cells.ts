import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceId } from '@tenth/model/ids.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { buildLevels } from '@tenth/server/measure/cells/build-levels.ts';
import { keyOfPlaces } from '@tenth/server/measure/cells/cell-key-sql.ts';
import { type CellsQuestion, exploreCells } from '@tenth/server/measure/cells/explore-cells.ts';
import { variablesToBuild } from '@tenth/server/measure/cells/level-build.ts';
import { listCellPeople } from '@tenth/server/measure/cells/list-cell-people.ts';
import { connectClickHouse } from '@tenth/server/stores/clickhouse/connect.ts';
import { migrateClickHouse } from '@tenth/server/stores/clickhouse/migrate.ts';
import { fillProfileTablesSql } from '@tenth/server/stores/clickhouse/profile-tables.ts';

/**
 * The cell explorer over a large log: how long everybody's levels of ten variables with three levels each
 * take, and how long an answer from them. `node dist/cells.js [events] [people]`.
 */
const EVENTS = Number(process.argv[2] ?? 10_000_000);
const PEOPLE = Number(process.argv[3] ?? 1_000_000);
const NOW = Date.UTC(2026, 10, 23);

const track = (name: string) => ({ type: 'track' as const, name });
const lastDays = (days: number) => ({ kind: 'last_days' as const, days });
const count = (name: string, days: number): NumberMeasure => ({
  kind: 'event_count',
  event: track(name),
  window: lastDays(days),
});
/** A figure, and where its second and third level begin. */
const figures: readonly (readonly [NumberMeasure, number, number])[] = [
  [count('Product Viewed', 60), 1, 3],
  [count('Product Added', 60), 1, 2],
  [{ kind: 'event_count', event: { type: 'page' }, window: lastDays(60) }, 2, 4],
  [{ kind: 'orders', measure: 'count' }, 1, 2],
  [{ kind: 'orders', measure: 'total', currency: 'KRW' }, 30_000, 60_000],
  [{ kind: 'sessions' }, 4, 8],
  [{ kind: 'affinity', dimension: 'category', key: 'men', measure: 'share' }, 0.2, 0.5],
  [{ kind: 'affinity', dimension: 'category', key: 'women', measure: 'share' }, 0.2, 0.5],
  [{ kind: 'recency', event: track('Product Viewed') }, 10, 30],
  [{ kind: 'active_days', event: { type: 'page' }, days: 60 }, 2, 4],
];

const dataDir = await mkdtemp(join(tmpdir(), 'tenth-bench-'));
const { client, close } = await connectClickHouse({ kind: 'embedded', dataDir });
await migrateClickHouse({ client, cluster: undefined });
const print = (line: string) => process.stdout.write(`${line}\n`);
const ms = (from: number) => `${Math.round(performance.now() - from)} ms`;

const started = performance.now();
const CHUNK = 2_000_000;
for (let first = 0; first < EVENTS; first += CHUNK) {
  const numbers = `numbers(${first}, ${Math.min(CHUNK, EVENTS - first)})`;
  await client.command({
    query: `INSERT INTO events (workspace_id, seq, batch, message_id, type, event, name, profile_id,
        anonymous_id, user_id, session_id, session_started_at, session_last_at, session_pages, timestamp,
        received_at, channel, source, session_device, device_type, product_id, interest_keys,
        interest_weight, order_key, order_minor, order_currency, order_id, value, currency, payload, enrichment)
      WITH cityHash64(number) AS h, h % ${PEOPLE} AS person,
        ['Product Viewed', 'page', 'page', 'Product Viewed', 'Product Added', 'page', 'Order Completed', 'page'] AS names,
        names[1 + intDiv(h, 7) % 8] AS what, intDiv(h, 1000) % 90 AS day,
        if(what = 'page', 'page', 'track') AS kind, what = 'Order Completed' AS is_order,
        ${NOW} - day * 86400000 - (h % 86400000) AS at,
        concat('p000000000', lower(hex(cityHash64(person)))) AS id,
        ['men', 'women', 'kids'][1 + cityHash64(h) % 3] AS category
      SELECT 'bench', number, 0, toString(number), kind, what, if(kind = 'track', what, ''),
        id, concat('a', id), '', concat('s', toString(day)),
        fromUnixTimestamp64Milli(toInt64(at)), fromUnixTimestamp64Milli(toInt64(at)), h % 9,
        fromUnixTimestamp64Milli(toInt64(at)), fromUnixTimestamp64Milli(toInt64(at)),
        ['direct', 'organic_search', 'paid_search'][1 + h % 3], ['', 'naver', 'google'][1 + h % 3],
        ['desktop', 'phone'][1 + h % 2], ['desktop', 'phone'][1 + h % 2], concat('x', toString(h % 500)),
        if(kind = 'track', ['category:', concat('category:', category)], []),
        if(kind = 'track', 1, 0), if(is_order, toString(number), ''),
        if(is_order, h % 90000, 0), if(is_order, 'KRW', ''), if(is_order, toString(number), ''),
        if(is_order, h % 90000, 0), if(is_order, 'KRW', ''),
        concat('{"type":"', kind, '","properties":{"price":', toString(h % 90000), ',"category":"', category, '"},"context":{"userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","locale":"ko-KR"}}'),
        '{"at":0}'
      FROM ${numbers} SETTINGS max_partitions_per_insert_block = 0`,
  });
  // Every fifth page view decides, mostly for the same people once more.
  await client.command({
    query: `INSERT INTO decisions (workspace_id, seq, batch, decision_id, campaign_id, variant_id, arm,
        probability, plan_version, at, message_id, profile_id, session_id, is_crossed_over, is_bot)
      WITH cityHash64(number) AS h, h % ${PEOPLE} AS person, concat('p000000000', lower(hex(cityHash64(person)))) AS id
      SELECT 'bench', number, 0, lower(hex(h)), 'hero', 'a', if(sipHash64(person) % 10 = 0, 'holdout', 'treatment'),
        0.9, 1, fromUnixTimestamp64Milli(toInt64(${NOW} - intDiv(h, 1000) % 90 * 86400000 - (h % 86400000))),
        toString(number), id, 's', false, false
      FROM ${numbers} WHERE h % 5 = 0 SETTINGS max_partitions_per_insert_block = 0`,
  });
}
for (const query of fillProfileTablesSql('1')) {
  await client.command({ query });
}
print(`${EVENTS} events of ${PEOPLE} people written in ${ms(started)}`);

const definitions = planDefinition.parse({
  version: 1,
  settings: { name: 'Bench', currency: 'KRW' },
  segments: [],
  variables: figures.map(([of, middle, high], index) => ({
    id: `variable-${index}`,
    name: { en: `Variable ${index}` },
    levelling: {
      kind: 'thresholds',
      of,
      levels: [
        { id: 'low', name: { en: 'Low' }, below: middle },
        { id: 'middle', name: { en: 'Middle' }, below: high },
        { id: 'high', name: { en: 'High' } },
      ],
    },
  })),
  campaigns: [
    {
      id: 'hero',
      name: { en: 'Hero' },
      trigger: { kind: 'exit_intent' },
      format: { kind: 'modal' },
      variants: [{ id: 'a', weight: 1, content: {} }],
      goal: { event: track('Order Completed'), windowHours: 72 },
    },
  ],
});
const log = { client, workspaceId: workspaceId.parse('bench') };
const [campaign] = definitions.campaigns;
const all = definitions.variables.map(({ id }) => id);
let from = performance.now();
await buildLevels(log, { definitions, variables: all.slice(0, 3), now: NOW });
print(`levels of 3 variables from the event log: ${ms(from)}`);
from = performance.now();
const variablesTogether = variablesToBuild(definitions, all);
const build = await buildLevels(log, { definitions, variables: variablesTogether, now: NOW + 1 });
print(`levels of ${all.length} variables from the event log: ${ms(from)}`);
const question = {
  settings: definitions.settings,
  period: { from: new Date(NOW - 30 * DAY_MS).toISOString(), to: new Date(NOW).toISOString() },
  minPeople: 1,
  orderBy: 'conversion',
  limit: 200,
} as const satisfies Partial<CellsQuestion>;
for (const chosen of [3, 10]) {
  const variables = definitions.variables.slice(0, chosen);
  for (const [name, of, limit] of [
    ['orders', undefined, 200],
    ['orders and a campaign', campaign, 200],
    ['orders and a campaign, 2,000 cells', campaign, 2_000],
  ] as const) {
    const times: string[] = [];
    let cells = '';
    for (let round = 0; round < 3; round += 1) {
      from = performance.now();
      const reply = await exploreCells(log, build, { ...question, variables, campaign: of, limit });
      times.push(ms(from));
      const { occupied, partial, possible, totals } = reply;
      cells = `${occupied} of ${possible} cells and ${partial} partial, ${totals.people} people, ${totals.buyers} buyers`;
    }
    print(`${chosen} variables, ${name}: ${cells}, ${times.join(', ')}`);
  }
}
from = performance.now();
const key = keyOfPlaces(all.map(() => 1));
const page = await listCellPeople(log, { build, variables: all, key, limit: 50, after: undefined });
print(`${page.people.length} of the ${page.of} people of a cell: ${ms(from)}`);
await close();
await rm(dataDir, { recursive: true, force: true });
