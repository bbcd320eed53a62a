import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Condition } from '@tenth/model/condition.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { countPeople, type Draft, overlapsOf } from '@tenth/server/measure/conditions/preview.ts';
import { connectClickHouse } from '@tenth/server/stores/clickhouse/connect.ts';
import { migrateClickHouse } from '@tenth/server/stores/clickhouse/migrate.ts';
import { fillProfileTablesSql } from '@tenth/server/stores/clickhouse/profile-tables.ts';

/**
 * Previews of a draft over a large log: `node dist/preview.js [events] [people] [directory]`. Writing the
 * events takes minutes: in a directory that is named they stay, and the next run finds them there.
 */
const EVENTS = Number(process.argv[2] ?? 10_000_000);
const PEOPLE = Number(process.argv[3] ?? 1_000_000);
const STAYS_IN = process.argv[4];
const NOW = Date.UTC(2026, 10, 23);

const track = (name: string) => ({ type: 'track' as const, name });
const drafts: Record<string, Condition> = {
  'viewed 3 times in 7 days': {
    kind: 'event_count',
    event: track('Product Viewed'),
    window: { kind: 'last_days', days: 7 },
    test: { op: 'gte', value: 3 },
  },
  'cart and no order': {
    kind: 'all',
    of: [
      {
        kind: 'event_count',
        event: track('Product Added'),
        window: { kind: 'ever' },
        test: { op: 'gte', value: 1 },
      },
      { kind: 'orders', measure: 'count', test: { op: 'is', value: 0 } },
    ],
  },
  'new visitor on a phone from a search': {
    kind: 'all',
    of: [
      { kind: 'visitor', is: 'new' },
      { kind: 'device_in', devices: ['phone'] },
      { kind: 'channel_in', channels: ['organic_search'] },
    ],
  },
  'mostly men': {
    kind: 'affinity',
    dimension: 'category',
    key: 'men',
    measure: 'share',
    test: { op: 'gte', value: 0.5 },
  },
  'views for 100,000 in 30 days': {
    kind: 'event_number',
    event: track('Product Viewed'),
    property: 'properties.price',
    measure: 'sum',
    window: { kind: 'last_days', days: 30 },
    test: { op: 'gte', value: 100_000 },
  },
};

const print = (line: string) => process.stdout.write(`${line}\n`);

/** Runs it and tells how long it took, and the CPU time of all threads: the engine's are in this process. */
async function timed<T>(
  run: () => Promise<T>,
): Promise<{ readonly took: string; readonly result: T }> {
  const [from, cpuBefore] = [performance.now(), process.cpuUsage()];
  const result = await run();
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuMs = Math.round((user + system) / 1_000);
  return { took: `${Math.round(performance.now() - from)} ms (CPU ${cpuMs} ms)`, result };
}

const dataDir = STAYS_IN ?? (await mkdtemp(join(tmpdir(), 'tenth-bench-')));
const { client, close } = await connectClickHouse({ kind: 'embedded', dataDir });
await migrateClickHouse({ client, cluster: undefined });

async function writeEvents(): Promise<void> {
  const CHUNK = 2_000_000;
  for (let first = 0; first < EVENTS; first += CHUNK) {
    await client.command({
      query: `INSERT INTO events (workspace_id, seq, batch, message_id, type, event, name, profile_id,
        anonymous_id, user_id, session_id, session_started_at, session_last_at, session_pages, timestamp,
        received_at, channel, source, session_device, device_type, product_id, interest_keys,
        interest_weight, order_key, order_minor, order_currency, payload, enrichment)
      WITH cityHash64(number) AS h, h % ${PEOPLE} AS person,
        ['Product Viewed', 'page', 'page', 'Product Viewed', 'Product Added', 'page', 'Order Completed', 'page'] AS names,
        names[1 + intDiv(h, 7) % 8] AS what, intDiv(h, 1000) % 90 AS day,
        if(what = 'page', 'page', 'track') AS kind,
        ${NOW} - day * 86400000 - (h % 86400000) AS at,
        lower(hex(cityHash64(person))) AS id,
        ['men', 'women', 'kids'][1 + h % 3] AS category
      SELECT 'bench', number, 0, toString(number), kind, what, if(kind = 'track', what, ''),
        concat('p', id), concat('a', id), '', concat('s', toString(day)),
        fromUnixTimestamp64Milli(toInt64(at)), fromUnixTimestamp64Milli(toInt64(at)), h % 9,
        fromUnixTimestamp64Milli(toInt64(at)), fromUnixTimestamp64Milli(toInt64(at)),
        ['direct', 'organic_search', 'paid_search'][1 + h % 3], ['', 'naver', 'google'][1 + h % 3],
        ['desktop', 'phone'][1 + h % 2], ['desktop', 'phone'][1 + h % 2], concat('x', toString(h % 500)),
        if(kind = 'track', ['category:', concat('category:', category)], []),
        if(kind = 'track', 1, 0), if(what = 'Order Completed', toString(number), ''),
        if(what = 'Order Completed', h % 90000, 0), if(what = 'Order Completed', 'KRW', ''),
        concat('{"type":"', kind, '","properties":{"price":', toString(h % 90000), ',"category":"', category, '"},"context":{"userAgent":"Mozilla/5.0 (Windows NT 10.0; Win64; x64)","locale":"ko-KR"}}'),
        '{"at":0}'
      FROM numbers(${first}, ${Math.min(CHUNK, EVENTS - first)})
      SETTINGS max_partitions_per_insert_block = 0`,
    });
  }
  for (const query of fillProfileTablesSql('1')) {
    await client.command({ query });
  }
}

const written = await client.query({
  query: 'SELECT seq FROM events LIMIT 1',
  format: 'JSONEachRow',
});
if ((await written.json()).length === 0) {
  const { took } = await timed(writeEvents);
  print(`${EVENTS} events of ${PEOPLE} people written in ${took}`);
}

const definitions = planDefinition.parse({
  version: 1,
  settings: { name: 'Bench', currency: 'KRW' },
  segments: Object.values(drafts).map((condition, index) => ({
    id: `segment-${index}`,
    name: { en: `Segment ${index}` },
    condition,
  })),
  campaigns: [],
});
const log = { client, workspaceId: workspaceId.parse('bench') };
for (const [name, condition] of Object.entries(drafts)) {
  const draft: Draft = { definitions, now: NOW, condition };
  const first = await timed(() => countPeople(log, draft));
  const again = await timed(() => countPeople(log, draft));
  const overlap = await timed(async () => {
    for await (const _ of overlapsOf(log, draft, definitions.segments)) {
      // Counted as they come.
    }
  });
  const { people, of } = again.result;
  print(`${name}: ${people} of ${of}`);
  print(`  size ${first.took}, again ${again.took}`);
  print(`  overlap with ${definitions.segments.length} ${overlap.took}`);
}
await close();
if (STAYS_IN === undefined) {
  await rm(dataDir, { recursive: true, force: true });
}
