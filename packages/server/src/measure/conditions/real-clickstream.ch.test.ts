import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { personMoment } from '@tenth/engine/evaluate/moment.ts';
import { compilePlan } from '@tenth/engine/plan/plan.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import { numberMeasure } from '@tenth/model/measure.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { collectBatch } from '../../collect/collect.ts';
import { compileCollectSettings } from '../../collect/settings.ts';
import { createMemoryStore } from '../../commit/testing/memory-store.ts';
import { aServer, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { importFile } from '../../import/import-file.ts';
import { rees46 } from '../../import/presets/rees46.ts';
import { openTestLog } from '../testing/open-test-log.ts';
import { readFigures } from './figures-of.ts';
import { listPeopleWhere } from './people-where.ts';

const sharedData =
  process.env.TENTH_SHARED_DATA ?? join(import.meta.dirname, '../../../../../../shared/data');
const slice = join(sharedData, 'rees46-multicategory/2019-Oct-slice.csv');
const isThere = existsSync(slice);
const NOW = Date.UTC(2019, 9, 1, 3);

const views = { type: 'track', name: 'Product Viewed' };
const carts = { type: 'track', name: 'Product Added' };
const purchases = { type: 'track', name: 'Order Completed' };
const price = { property: 'properties.price', window: { kind: 'ever' } };
const atLeast = (value: number) => ({ op: 'gte', value });

/** Ten questions of different kinds: as a condition, and as SQL by hand over the file itself. */
const questions: readonly {
  readonly what: string;
  readonly condition: object;
  readonly sql: string;
}[] = [
  {
    what: 'ten views or more',
    condition: {
      kind: 'event_count',
      event: views,
      window: { kind: 'last_days', days: 1 },
      test: atLeast(10),
    },
    sql: `SELECT user_id FROM clicks WHERE event_type = 'view' GROUP BY user_id HAVING count() >= 10`,
  },
  {
    what: 'something in the cart, nothing bought',
    condition: {
      kind: 'all',
      of: [
        { kind: 'event_count', event: carts, window: { kind: 'ever' }, test: atLeast(1) },
        { kind: 'orders', measure: 'count', test: { op: 'is', value: 0 } },
      ],
    },
    sql: `SELECT user_id FROM clicks GROUP BY user_id
      HAVING countIf(event_type = 'cart') > 0 AND countIf(event_type = 'purchase') = 0`,
  },
  {
    what: 'orders for 500 dollars or more',
    condition: { kind: 'orders', measure: 'total', currency: 'USD', test: atLeast(500) },
    sql: `SELECT user_id FROM clicks WHERE event_type = 'purchase'
      GROUP BY user_id HAVING sum(toInt64(round(price * 100))) >= 50000`,
  },
  {
    what: 'five different products viewed',
    condition: {
      kind: 'event_number',
      event: views,
      property: 'properties.product_id',
      measure: 'distinct',
      window: { kind: 'ever' },
      test: atLeast(5),
    },
    sql: `SELECT user_id FROM clicks WHERE event_type = 'view'
      GROUP BY user_id HAVING uniqExact(product_id) >= 5`,
  },
  {
    what: 'expensive taste: views of 300 dollars on average, three at least',
    condition: {
      kind: 'all',
      of: [
        {
          kind: 'event_number',
          event: views,
          ...price,
          measure: 'mean',
          test: { op: 'gt', value: 300 },
        },
        { kind: 'event_count', event: views, window: { kind: 'ever' }, test: atLeast(3) },
      ],
    },
    sql: `SELECT user_id FROM clicks WHERE event_type = 'view'
      GROUP BY user_id HAVING avg(toDecimal64(price, 2)) > 300 AND count() >= 3`,
  },
  {
    what: 'nothing dearer than 50 dollars',
    condition: {
      kind: 'event_number',
      event: views,
      ...price,
      measure: 'max',
      test: { op: 'lt', value: 50 },
    },
    sql: `SELECT user_id FROM clicks WHERE event_type = 'view' GROUP BY user_id HAVING max(price) < 50`,
  },
  {
    what: 'three views of one brand',
    condition: {
      kind: 'event_count',
      event: {
        ...views,
        where: [{ path: 'properties.brand', test: { op: 'is', value: 'Samsung' } }],
      },
      window: { kind: 'ever' },
      test: atLeast(3),
    },
    sql: `SELECT user_id FROM clicks WHERE event_type = 'view' AND brand = 'samsung'
      GROUP BY user_id HAVING count() >= 3`,
  },
  {
    what: 'from the cart to the order within 20 minutes',
    // biome-ignore lint/suspicious/noThenProperty: the condition's own word; nothing awaits it
    condition: { kind: 'sequence', first: carts, then: purchases, withinMinutes: 20 },
    sql: `SELECT DISTINCT c.user_id FROM clicks AS c JOIN clicks AS p ON c.user_id = p.user_id
      WHERE c.event_type = 'cart' AND p.event_type = 'purchase'
        AND p.event_time > c.event_time AND p.event_time <= c.event_time + INTERVAL 20 MINUTE`,
  },
  {
    what: 'two visits or more',
    condition: { kind: 'sessions', test: atLeast(2) },
    sql: `SELECT user_id FROM (
        SELECT user_id, event_time,
          lagInFrame(event_time, 1, event_time) OVER
            (PARTITION BY user_id ORDER BY event_time ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS before
        FROM clicks)
      GROUP BY user_id HAVING countIf(event_time > before + INTERVAL 30 MINUTE) >= 1`,
  },
  {
    what: 'mostly electronics',
    condition: {
      kind: 'affinity',
      dimension: 'category',
      key: 'electronics',
      measure: 'share',
      test: { op: 'gt', value: 0.5 },
    },
    sql: `SELECT user_id FROM (
        SELECT user_id, category_code,
          multiIf(event_type = 'view', 1, event_type = 'cart', 3, 5)
            * pow(2, dateDiff('second', toDateTime('2019-10-01 00:00:00', 'UTC'), event_time) / 2592000) AS weight
        FROM clicks WHERE category_code != '')
      GROUP BY user_id
      HAVING sumIf(weight, startsWith(category_code, 'electronics.')) / sum(weight) > 0.5000005`,
  },
];

/** The file as a table. */
const CLICKS = `WITH clicks AS (
            SELECT toDateTime(replaceOne(event_time, ' UTC', ''), 'UTC') AS event_time, event_type,
              product_id, category_code, brand, toFloat64(price) AS price, user_id
            FROM file('${slice}', CSVWithNames,
              'event_time String, event_type String, product_id String, category_id String,
               category_code String, brand String, price String, user_id String, user_session String')
          )`;

describe.skipIf(!isThere)(
  isThere ? 'on a real clickstream' : `on a real clickstream (skipped: there is no ${slice})`,
  () => {
    const definitions = planDefinition.parse({
      version: 1,
      settings: { name: 'Shop', timeZone: 'UTC', currency: 'USD' },
      segments: questions.map(({ condition, what }, index) => ({
        id: `s${index}`,
        name: { en: what },
        condition,
      })),
      campaigns: [],
    });
    const plan = compilePlan(definitions);
    let log: Awaited<ReturnType<typeof openTestLog>>;
    let people: readonly Profile[];

    beforeAll(async () => {
      log = await openTestLog();
      people = await replay();
    }, 120_000);
    afterAll(() => log.close());

    async function replay(): Promise<readonly Profile[]> {
      const store = createMemoryStore();
      const server = aServer(store, plan);
      const dir = await mkdtemp(join(tmpdir(), 'tenth-test-'));
      const seen = new Map<string, SiteEvent>();
      await importFile({
        path: slice,
        format: { kind: 'csv', mapping: rees46 },
        checkpointPath: join(dir, 'checkpoint.json'),
        rejectsPath: join(dir, 'rejects.jsonl'),
        sendBatch: async (batch) => {
          const { accepted, rejected } = collectBatch({
            body: { batch },
            endpoint: 'batch',
            receivedAt: NOW,
            request: {
              userAgent: '',
              clientHints: {},
              ip: '',
              referer: '',
              origin: '',
              gpc: false,
            },
            settings: compileCollectSettings(definitions.settings),
            verifyUserHash: () => false,
            isTrusted: false,
            newMessageId: () => 'unused',
          });
          const events = accepted.map(({ event }) => event);
          for (const event of events) {
            seen.set(event.anonymousId ?? '', event);
          }
          await server.pipeline.process(WORKSPACE, events, false, NOW);
          return { rejected };
        },
      });
      await rm(dir, { recursive: true });
      const { workspaceId } = log.readerOf('clicks');
      await log.append(server.records.map((record) => ({ ...record, workspaceId })));
      return [...seen.keys()].map((value) =>
        store.profileOf(WORKSPACE, { kind: 'anonymous_id', value }),
      );
    }

    test.each(questions.map((question, index) => ({ ...question, index })))(
      '$what: the engine, its SQL and SQL by hand count the same people',
      async ({ sql, index, condition }) => {
        const holds = plan.segments[index]?.condition;
        const ofEngine = people
          .filter((profile) => holds?.holds(personMoment(profile, NOW)))
          .map((profile) => profile.devices[0]?.key ?? '')
          .sort();
        const byHand = await readByHand(sql);
        expect(ofEngine).toEqual(byHand);
        expect(byHand.length).toBeGreaterThan(5);
        const ofSql = await listPeopleWhere(log.readerOf('clicks'), {
          definitions,
          now: NOW,
          condition: definitions.segments[index]?.condition ?? { kind: 'any', of: [] },
        });
        expect(condition).toBeDefined();
        expect(ofSql.length).toBe(byHand.length);
      },
    );

    test('the figures of everybody are those of the file', async () => {
      const figures = await readFigures(log.readerOf('clicks'), {
        definitions,
        now: NOW,
        measure: numberMeasure.parse({
          kind: 'event_count',
          event: views,
          window: { kind: 'ever' },
        }),
      });
      const reply = await log.client.query({
        query: `${CLICKS} SELECT toFloat64(views) AS figure, toUInt32(count()) AS people FROM (
            SELECT countIf(event_type = 'view') AS views FROM clicks GROUP BY user_id
          ) GROUP BY figure ORDER BY figure SETTINGS input_format_allow_errors_num = 1`,
        format: 'JSONEachRow',
      });
      const byHand = await reply.json<{ figure: number; people: number }>();
      expect(figures).toEqual(byHand);
    });

    async function readByHand(sql: string): Promise<readonly string[]> {
      const reply = await log.client.query({
        query: `${CLICKS}
          SELECT user_id FROM (${sql}) ORDER BY user_id
          SETTINGS input_format_allow_errors_num = 1`,
        format: 'JSONEachRow',
      });
      const row = z.object({ user_id: z.string() });
      return (await reply.json<unknown>()).map((found) => row.parse(found).user_id).sort();
    }
  },
);
