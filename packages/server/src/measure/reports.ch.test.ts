import { type Campaign, type CampaignInput, campaign } from '@tenth/model/campaign.ts';
import { messageEvents } from '@tenth/model/event.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import { campaignReport, shopReport } from '@tenth/model/report.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { workspaceSettings } from '@tenth/model/workspace.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { reportCampaign } from './campaign-report.ts';
import { localDays } from './local-days.ts';
import { countCampaigns } from './queries/count-campaigns.ts';
import { reportShop } from './shop-report.ts';
import { generateHistory, toLogRecords } from './testing/generated-history.ts';
import { openTestLog } from './testing/open-test-log.ts';
import { Recount } from './testing/recount.ts';

const MINE = workspaceId.parse('mine');
const OTHER = workspaceId.parse('other');
const timeZone = 'Asia/Seoul';
const settings = workspaceSettings.parse({ name: 'Shop', timeZone, currency: 'KRW' });
const fromMs = Date.parse('2026-03-01T00:00:00+09:00');
const toMs = Date.parse('2026-03-31T00:00:00+09:00');
const period = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
const world = { profiles: 400, fromMs, toMs, campaignIds: ['hero', 'bar'] };

/** Seoul keeps UTC+9 all year. */
const dayOf = (at: number) => new Date(at + 9 * HOUR_MS).toISOString().slice(0, 10);

const history = generateHistory({ seed: 7, ...world });
const recount = new Recount(history);

let log: Awaited<ReturnType<typeof openTestLog>>;

beforeAll(async () => {
  log = await openTestLog();
  const others = generateHistory({ seed: 8, ...world });
  await log.append([...toLogRecords(history, MINE, 300), ...toLogRecords(others, OTHER, 300)]);
});
afterAll(() => log.close());

function aCampaign(id: string, goal: object): Campaign {
  const input = {
    id,
    name: { en: id },
    trigger: { kind: 'exit_intent' },
    format: { kind: 'modal' },
    variants: [
      { id: 'a', weight: 1, content: {} },
      { id: 'b', weight: 3, content: {} },
    ],
    goal,
  };
  // The schema brands the ids that the input type asks for.
  return campaign.parse(input as unknown as CampaignInput);
}

const order = { type: 'track', name: 'Order Completed' };
const campaigns = [
  aCampaign('hero', {
    event: order,
    windowHours: 168,
    value: { path: 'properties.total', currency: 'KRW' },
  }),
  aCampaign('bar', { event: order, windowHours: 24, value: { path: 'total', currency: 'USD' } }),
  aCampaign('hero', {
    event: {
      type: 'page',
      where: [{ path: 'page.category', test: { op: 'is', value: 'sign-up' } }],
    },
    windowHours: 48,
  }),
  aCampaign('nobody', { event: order }),
];

describe.each(campaigns)('report of campaign $id', (subject) => {
  const { qualified, answered } = recount.campaign(subject, { fromMs, toMs }, settings.currency);
  const fresh = qualified.filter(({ isDrawnBefore }) => !isDrawnBefore);
  const clicked = answered(messageEvents.clicked);
  const dismissed = answered(messageEvents.dismissed);
  const seen = answered(undefined);

  async function report() {
    const input = { campaign: subject, settings, period };
    return campaignReport.parse(await reportCampaign(log.readerOf(MINE), input));
  }

  test('counts people as the plain recount does', async () => {
    const { people, value } = await report();
    const shown = qualified.filter((person) => person.shown.length > 0);
    const with_ = (ids: ReadonlySet<unknown>) =>
      shown.filter((person) => person.shown.some(({ decisionId }) => ids.has(decisionId))).length;
    expect(people).toEqual({
      qualified: qualified.length,
      shown: shown.length,
      withheld: qualified.filter(({ withheld }) => withheld.length > 0).length,
      seen: with_(seen),
      clicked: with_(clicked),
      dismissed: with_(dismissed),
      converted: shown.filter(({ isConverted }) => isConverted).length,
      drawnBefore: qualified.filter(({ isDrawnBefore }) => isDrawnBefore).length,
      crossedOver: fresh.filter(({ isCrossedOver }) => isCrossedOver).length,
    });
    expect(value.totalMinor).toBe(shown.reduce((total, { valueMinor }) => total + valueMinor, 0));
  });

  test('compares the arms of those drawn in the period, without those who crossed over', async () => {
    const { people, lift, sampleRatio } = await report();
    const straight = fresh.filter(({ isCrossedOver }) => !isCrossedOver);
    expect(people.qualified).toBe(straight.length + people.drawnBefore + people.crossedOver);
    const armOf = (arm: string) => {
      const own = straight.filter(({ first }) => first.arm === arm);
      const converted = own.filter(({ isConverted }) => isConverted).length;
      return {
        people: own.length,
        converted,
        rate: converted / own.length,
        valueMinor: own.reduce((total, { valueMinor }) => total + valueMinor, 0),
      };
    };
    if (straight.length === 0) {
      expect(lift).toBeNull();
      expect(sampleRatio).toMatchObject({ expectedHoldoutShare: 0.1, pValue: 1, isSuspect: false });
      return;
    }
    // Something of each, or the test would say little.
    expect(Math.min(people.drawnBefore, people.crossedOver)).toBeGreaterThan(5);
    expect(lift?.treatment).toEqual(armOf('treatment'));
    expect(lift?.holdout).toEqual(armOf('holdout'));
    const share = (plan: number) => (plan === 1 ? 0.2 : 0.5);
    const expected = straight.reduce((sum, { draw }) => sum + share(draw.planVersion), 0);
    expect(sampleRatio.expectedHoldoutShare).toBeCloseTo(expected / straight.length, 9);
    expect(sampleRatio.observedHoldoutShare).toBeCloseTo(
      armOf('holdout').people / straight.length,
      12,
    );
  });

  test('tells variants and days apart', async () => {
    const { variants, daily } = await report();
    for (const variant of variants) {
      const own = qualified.map(({ shown, isConverted }) => ({
        isConverted: isConverted && shown[0]?.variantId === variant.variantId,
        shown: shown.filter(({ variantId }) => variantId === variant.variantId),
      }));
      const with_ = (ids: ReadonlySet<unknown>) =>
        own.filter(({ shown }) => shown.some(({ decisionId }) => ids.has(decisionId))).length;
      expect(variant).toEqual({
        variantId: variant.variantId,
        shown: own.filter(({ shown }) => shown.length > 0).length,
        seen: with_(seen),
        clicked: with_(clicked),
        dismissed: with_(dismissed),
        converted: own.filter(({ isConverted }) => isConverted).length,
      });
    }
    expect(daily).toHaveLength(30);
    for (const day of daily) {
      const on = (decisions: readonly { readonly at: number; readonly decisionId: string }[]) =>
        decisions.filter(({ at }) => dayOf(at) === day.day);
      const with_ = (ids: ReadonlySet<unknown>) =>
        qualified.filter(({ shown }) => on(shown).some(({ decisionId }) => ids.has(decisionId)))
          .length;
      expect(day).toEqual({
        day: day.day,
        shown: qualified.filter(({ shown }) => on(shown).length > 0).length,
        withheld: qualified.filter(({ withheld }) => on(withheld).length > 0).length,
        seen: with_(seen),
        clicked: with_(clicked),
        converted: qualified.filter(
          ({ shown, first, isConverted }) =>
            isConverted && shown.length > 0 && dayOf(first.at) === day.day,
        ).length,
      });
    }
  });
});

test('the list of campaigns shows the same people as the reports', async () => {
  const counts = await countCampaigns(log.readerOf(MINE), toMs);
  expect([...counts.keys()].sort()).toEqual(['bar', 'hero']);
  for (const subject of campaigns.slice(0, 2)) {
    const { people } = await reportCampaign(log.readerOf(MINE), {
      campaign: subject,
      settings,
      period,
    });
    const { shown, withheld, seen, clicked } = people;
    expect(counts.get(subject.id)).toEqual({ shown, withheld, seen, clicked });
  }
});

describe('shop report', () => {
  const shop = recount.shop(settings, { fromMs, toMs });

  async function report() {
    return shopReport.parse(await reportShop(log.readerOf(MINE), { settings, period }));
  }

  test('counts traffic, milestones and orders as the plain recount does', async () => {
    const found = await report();
    const first = shop.orders.filter(({ isFirst }) => isFirst);
    const total = (orders: readonly { totalMinor: number }[]) =>
      orders.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
    const bots = history.events.filter(
      ({ event }) => event.isBot && event.at >= fromMs && event.at < toMs,
    );
    expect(found).toMatchObject({
      visits: shop.visits.length,
      visitors: shop.visitors,
      newVisitors: shop.newVisits.length,
      pageViews: shop.pageViews,
      events: shop.events,
      botEvents: bots.length,
      memberBenefitPageViews: shop.memberBenefitViews,
      signUpFormViews: shop.signUpFormViews,
      signUps: shop.signUps.length,
      orders: shop.orders.length,
      revenueMinor: total(shop.orders),
      currency: 'KRW',
    });
    expect(found.signUpRate).toBeCloseTo(shop.signUps.length / shop.signUpFormViews, 12);
    expect(found.firstOrders).toEqual({
      count: first.length,
      totalMinor: total(first),
      averageMinor: total(first) / first.filter(({ isPaid }) => isPaid).length,
      products: first.reduce((sum, { pieces }) => sum + pieces, 0),
    });
    expect(
      Math.min(shop.visits.length, shop.orders.length, first.length, bots.length),
    ).toBeGreaterThan(50);
  });

  test('counts the people who saw and clicked messages', async () => {
    const { messages } = await report();
    const { shown, seen, clicked } = recount.messages({ fromMs, toMs });
    expect(messages).toEqual({
      peopleShown: shown,
      peopleSeen: seen,
      peopleClicked: clicked,
      responseRate: clicked / seen,
    });
    expect(seen).toBeLessThan(shown);
    expect(clicked).toBeLessThan(seen);
  });

  test('days add up, and each is right', async () => {
    const { daily } = await report();
    expect(daily.map(({ day }) => day)).toEqual(localDays(fromMs, toMs, timeZone));
    for (const day of daily) {
      const is = (at: number | undefined) => at !== undefined && dayOf(at) === day.day;
      const orders = shop.orders.filter(({ logged }) => is(logged.event.at));
      expect(day).toEqual({
        day: day.day,
        visits: shop.visits.filter(({ session }) => is(session?.startedAt)).length,
        newVisitors: shop.newVisits.filter(is).length,
        signUps: shop.signUps.filter(({ event }) => is(event.at)).length,
        orders: orders.length,
        revenueMinor: orders.reduce((sum, { totalMinor }) => sum + totalMinor, 0),
      });
    }
  });

  test('channels add up, and each is right', async () => {
    const { channels } = await report();
    expect(channels.length).toBeGreaterThan(3);
    const channelOf = ({ session, event }: (typeof shop.visits)[number]) =>
      session?.channel ?? event.arrival.channel;
    for (const { channel, ...counts } of channels) {
      expect(counts).toEqual({
        visits: shop.visits.filter((visit) => channelOf(visit) === channel).length,
        signUps: shop.signUps.filter((signUp) => channelOf(signUp) === channel).length,
        orders: shop.orders.filter(({ logged }) => channelOf(logged) === channel).length,
      });
    }
  });

  test('a workspace sees nothing of another', async () => {
    const empty = await reportShop(log.readerOf('third'), { settings, period });
    expect(empty).toMatchObject({ visits: 0, visitors: 0, events: 0, orders: 0, channels: [] });
  });
});
