import { compilePlan } from '@tenth/engine/plan/plan.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import type { CampaignReport } from '@tenth/model/report.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportCampaign } from './campaign-report.ts';
import { testSampleRatio } from './statistics/sample-ratio.ts';
import { sum } from './sum.ts';
import { toLogRecords } from './testing/generated-history.ts';
import { openTestLog } from './testing/open-test-log.ts';
import { visitRepeatedly } from './testing/repeated-visits.ts';

const fromMs = Date.UTC(2026, 2, 1);
const halfMs = fromMs + 14 * DAY_MS;
const toMs = halfMs + 14 * DAY_MS;
const SHOPS = 8;
const PEOPLE = 1_500;

const order = { type: 'track', name: 'Order Completed' };

let log: Awaited<ReturnType<typeof openTestLog>>;
beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

/** Half of the people are withheld from; whoever has ordered is not in the audience any more. */
function aDefinition(caps: object) {
  return planDefinition.parse({
    version: 1,
    settings: { name: 'Shop', timeZone: 'UTC', currency: 'EUR' },
    segments: [],
    campaigns: [
      {
        id: 'first-order',
        name: { en: 'First order' },
        status: 'live',
        trigger: { kind: 'event', event: { type: 'page' } },
        audience: {
          kind: 'event_count',
          event: order,
          window: { kind: 'ever' },
          test: { op: 'lt', value: 1 },
        },
        format: { kind: 'modal' },
        variants: [{ id: 'a', content: { title: { en: 'Hello' } } }],
        holdoutShare: 0.5,
        caps,
        // The visit alone: what the first decision did.
        goal: { event: order, windowHours: 1 },
      },
    ],
  });
}

describe.each([
  {
    // Shown people whose message never appeared qualify again, withheld people never.
    name: 'A/A, once ever, most messages unseen',
    first: 1,
    caps: { ever: 1 },
    seenShare: 0.2,
    effect: 1,
  },
  {
    // Shown people order sooner, and are then gone from the audience.
    name: 'a message that doubles orders, on every visit',
    first: 2_001,
    caps: {},
    seenShare: 1,
    effect: 2,
  },
])('$name', ({ first, caps, seenShare, effect }) => {
  const definition = aDefinition(caps);
  const plan = compilePlan(definition);
  const shops = Array.from({ length: SHOPS }, (_, index) => {
    const seed = first + index;
    const visits = { people: PEOPLE, plan, fromMs, halfMs, toMs, seenShare, effect };
    return { id: workspaceId.parse(`shop-${seed}`), ...visitRepeatedly({ seed, ...visits }) };
  });
  beforeAll(async () => {
    await log.append(shops.flatMap((shop) => toLogRecords(shop, shop.id, 20_000)));
  });

  const stretches = [
    { stretch: 'the first period', from: fromMs, to: halfMs },
    { stretch: 'the second period', from: halfMs, to: toMs },
    { stretch: 'the whole life of the campaign', from: fromMs, to: toMs },
  ];

  test.each(stretches)('$stretch raises no alarm and measures the effect', async ({ from, to }) => {
    const measured: { readonly error: number; readonly variance: number }[] = [];
    for (const shop of shops) {
      const { sampleRatio, lift, people } = await report(shop.id, from, to);
      const met = shop.people.filter(({ firstVisitAt: at }) => at >= from && at < to);
      expect(sampleRatio.isSuspect).toBe(false);
      expect((lift?.treatment.people ?? 0) + (lift?.holdout.people ?? 0)).toBe(met.length);
      expect(people.qualified).toBe(met.length + people.drawnBefore);
      const planted = (sum(met, ({ orderChance }) => orderChance) / met.length) * (effect - 1);
      const { low, high } = lift?.absoluteInterval ?? { low: 0, high: 0 };
      const standardError = (high - low) / (2 * 1.959964);
      measured.push({ error: (lift?.absolute ?? 0) - planted, variance: standardError ** 2 });
    }
    const bias = sum(measured, ({ error }) => error) / SHOPS;
    const standardError = Math.sqrt(sum(measured, ({ variance }) => variance)) / SHOPS;
    // A right measure fails one time in 16,000 seeds.
    expect(Math.abs(bias)).toBeLessThan(4 * standardError);
  });

  test('all who qualified in the second period would have been no fair comparison', async () => {
    const reports = await Promise.all(shops.map(({ id }) => report(id, halfMs, toMs)));
    const shown = sum(reports, ({ people }) => people.shown);
    const withheld = sum(reports, ({ people }) => people.withheld);
    expect(testSampleRatio([shown, withheld], [0.5, 0.5]).pValue).toBeLessThan(1e-9);
  });

  async function report(shop: string, from: number, to: number): Promise<CampaignReport> {
    const [campaign] = definition.campaigns;
    if (campaign === undefined) {
      throw new Error('the plan above has a campaign');
    }
    return reportCampaign(log.readerOf(shop), {
      campaign,
      settings: definition.settings,
      period: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
    });
  }
});
