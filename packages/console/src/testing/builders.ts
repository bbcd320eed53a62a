import { type Campaign, type CampaignInput, campaign } from '@tenth/model/campaign.ts';
import { type Person, person } from '@tenth/model/person.ts';
import {
  type CampaignReport,
  campaignReport,
  type Period,
  type ShopReport,
  shopReport,
} from '@tenth/model/report.ts';
import { type Segment, segment } from '@tenth/model/segment.ts';
import { type TimelineEvent, timelineEvent } from '@tenth/model/timeline-event.ts';
import type { User } from '@tenth/model/user.ts';
import type { z } from 'zod';

/** A fixed now, so that pictures and expectations hold still. */
export const builtAt = '2026-03-05T05:30:00Z';

export function anEvent(given: Partial<z.input<typeof timelineEvent>>): TimelineEvent {
  return timelineEvent.parse({
    messageId: 'message-1',
    at: builtAt,
    type: 'track',
    name: 'Product Viewed',
    profileId: 'p0000000000000000000000001',
    userId: null,
    anonymousId: 'anon-1',
    sessionId: 's1',
    channel: 'organic_search',
    source: 'naver',
    device: 'phone',
    isBot: false,
    pagePath: '/products/sun-cream',
    properties: { product_id: 'sun-cream', price: 18000 },
    trace: null,
    ...given,
  });
}

export function aCampaign(given: Partial<CampaignInput>): Campaign {
  return campaign.parse({
    id: 'first-order-coupon',
    name: { ko: '첫 구매 쿠폰', en: 'First order coupon' },
    status: 'live',
    trigger: { kind: 'cart_band', currency: 'KRW', from: 20_000, to: 50_000 },
    audience: {
      kind: 'all',
      of: [
        { kind: 'member', is: true },
        {
          kind: 'any',
          of: [
            { kind: 'channel_in', channels: ['organic_search', 'portal'] },
            { kind: 'orders', measure: 'count', test: { op: 'is', value: 0 } },
          ],
        },
      ],
    },
    format: { kind: 'modal' },
    variants: [
      {
        id: 'amount',
        weight: 1,
        content: {
          title: {
            ko: '{{ person.name }}님, 배송비는 저희가 낼게요',
            en: '{{ person.name }}, shipping is on us',
          },
          body: {
            ko: '지금 주문하면 3,000원을 바로 깎아 드려요.',
            en: '3,000 won off if you order now.',
          },
          coupon: { code: 'FIRST3000' },
          actions: [
            { label: { ko: '쿠폰 받기', en: 'Get the coupon' }, url: { ko: '/cart', en: '/cart' } },
            { label: { ko: '다음에', en: 'Later' }, style: 'secondary' },
          ],
        },
      },
      {
        id: 'percent',
        weight: 1,
        content: { title: { ko: '첫 구매 10% 할인', en: '10% off your first order' } },
      },
    ],
    priority: 800,
    caps: { session: 1, week: 2 },
    goal: { event: { type: 'track', name: 'Order Completed' } },
    ...given,
  });
}

export function aSegment(given: Partial<z.input<typeof segment>>): Segment {
  return segment.parse({
    id: 'cart-leavers',
    name: { ko: '장바구니 이탈 고객', en: 'Cart leavers' },
    condition: {
      kind: 'event_count',
      event: { type: 'track', name: 'Product Added' },
      window: { kind: 'last_days', days: 7 },
      test: { op: 'gte', value: 2 },
    },
    ...given,
  });
}

export function aPerson(given: Partial<z.input<typeof person>>): Person {
  return person.parse({
    profileId: 'p0000000000000000000000001',
    userId: 'minji',
    anonymousIds: ['anon-1'],
    name: '김민지',
    email: 'minji@example.com',
    firstSeenAt: '2026-01-11T02:00:00Z',
    lastSeenAt: builtAt,
    sessions: 14,
    orders: 3,
    identifiers: [
      { kind: 'userId', value: 'minji' },
      { kind: 'anonymousId', value: 'anon-1' },
      { kind: 'email', value: 'minji@example.com' },
    ],
    traits: {
      grade: { value: 'VIP', at: builtAt, isVerified: true },
      points: { value: 12_400, at: builtAt, isVerified: true },
      city: { value: '부산', at: builtAt, isVerified: false },
    },
    consents: [
      {
        purpose: 'marketing_sms',
        state: 'granted',
        at: '2026-01-11T02:00:00Z',
        textVersion: '2026-01',
        source: '회원가입',
      },
      {
        purpose: 'night_sms',
        state: 'withdrawn',
        at: '2026-02-01T02:00:00Z',
        textVersion: '2026-01',
        source: '고객센터',
      },
    ],
    segments: [{ segmentId: 'cart-leavers', enteredAt: '2026-03-03T01:00:00Z' }],
    affinities: {
      category: [
        { key: '스킨케어', score: 21.4, share: 0.52 },
        { key: '선케어', score: 12.1, share: 0.29 },
        { key: '헤어', score: 7.8, share: 0.19 },
      ],
      brand: [
        { key: '라운드랩', score: 14.2, share: 0.61 },
        { key: '토리든', score: 9.1, share: 0.39 },
      ],
    },
    orderTotals: { KRW: 184_000 },
    session: {
      sessionId: 's1',
      startedAt: '2026-03-05T05:10:00Z',
      lastAt: builtAt,
      pages: 6,
      channel: 'organic_search',
      source: 'naver',
      campaign: '',
      keyword: '자작나무 선크림',
      landingPath: '/products/sun-cream',
      landingCategory: 'product',
      device: 'phone',
      isNewVisitor: false,
    },
    cart: {
      currency: 'KRW',
      totalMinor: 36_000,
      quantity: 2,
      items: [
        { productId: 'sun-cream', name: '자작나무 수분 선크림', quantity: 2, priceMinor: 18_000 },
      ],
    },
    ledger: [
      {
        decisionId: '00000000000000a1',
        campaignId: 'first-order-coupon',
        variantId: 'amount',
        arm: 'treatment',
        at: '2026-03-04T03:00:00Z',
        state: 'clicked',
      },
      {
        decisionId: '00000000000000a2',
        campaignId: 'exit-survey',
        variantId: 'a',
        arm: 'holdout',
        at: '2026-03-02T03:00:00Z',
        state: 'withheld',
      },
    ],
    ...given,
  });
}

/** Plausible days: a weekly wave and a little noise, from the day's place alone. */
function wave(at: number, base: number): number {
  return Math.round(
    base * (1 + 0.22 * Math.sin((at / 7) * 2 * Math.PI) + 0.09 * Math.sin(at * 12.9)),
  );
}

function daysIn(period: Period): readonly string[] {
  const days: string[] = [];
  // Report days are the workspace's; the stub's workspace is in Seoul, nine hours ahead.
  const shift = 9 * 3_600_000;
  for (let at = Date.parse(period.from); at < Date.parse(period.to); at += 86_400_000) {
    days.push(new Date(at + shift).toISOString().slice(0, 10));
  }
  return days;
}

export function aShopReport(period: Period): ShopReport {
  // Later periods do better, so that comparisons have something to show.
  const age = Math.round((Date.parse(period.from) - Date.parse('2026-01-01')) / 86_400_000);
  const daily = daysIn(period).map((day, at) => ({
    day,
    visits: wave(at, 1_840 + at * 14 + age * 3),
    newVisitors: wave(at, 760),
    signUps: wave(at + 2, 30 + age * 0.03),
    orders: wave(at + 4, 64 - age * 0.05),
    revenueMinor: wave(at + 4, 64 - age * 0.05) * (41_300 + age * 40),
  }));
  const sum = (pick: (day: (typeof daily)[number]) => number) =>
    daily.reduce((total, day) => total + pick(day), 0);
  const visits = sum((day) => day.visits);
  const shares = {
    organic_search: 0.34,
    paid_search: 0.21,
    direct: 0.19,
    organic_social: 0.12,
    portal: 0.09,
    ai_assistant: 0.05,
  };
  return shopReport.parse({
    period,
    visits,
    visitors: Math.round(visits * 0.71),
    newVisitors: sum((day) => day.newVisitors),
    pageViews: Math.round(visits * 4.3),
    events: Math.round(visits * 7.9),
    botEvents: Math.round(visits * 0.4),
    messages: {
      peopleShown: 8_214,
      peopleSeen: 7_806,
      peopleClicked: 1_104,
      responseRate: 1_104 / 7_806,
    },
    memberBenefitPageViews: 4_120,
    signUpFormViews: 3_402,
    signUps: sum((day) => day.signUps),
    signUpRate: 0.334,
    orders: sum((day) => day.orders),
    revenueMinor: sum((day) => day.revenueMinor),
    firstOrders: { count: 612, totalMinor: 22_338_000, averageMinor: 36_500, products: 904 },
    currency: 'KRW',
    daily,
    channels: Object.entries(shares).map(([channel, share]) => ({
      channel,
      visits: Math.round(visits * share),
      signUps: Math.round(1_140 * share),
      orders: Math.round(1_920 * share),
    })),
  });
}

export function aCampaignReport(
  campaignId: string,
  period: Period,
  given: Partial<z.input<typeof campaignReport>> = {},
): CampaignReport {
  return campaignReport.parse({
    campaignId,
    period,
    people: {
      qualified: 11_240,
      shown: 10_098,
      withheld: 1_142,
      seen: 9_604,
      clicked: 1_988,
      dismissed: 3_120,
      converted: 1_424,
      drawnBefore: 0,
      crossedOver: 12,
    },
    value: { currency: 'KRW', totalMinor: 58_812_000 },
    lift: {
      treatment: { people: 10_090, converted: 1_424, rate: 0.14113, valueMinor: 58_812_000 },
      holdout: { people: 1_138, converted: 121, rate: 0.10633, valueMinor: 4_912_000 },
      absolute: 0.0348,
      absoluteInterval: { low: 0.0156, high: 0.054 },
      relative: 0.3273,
      relativeInterval: { low: 0.121, high: 0.571 },
      pValue: 0.0012,
    },
    sampleRatio: {
      expectedHoldoutShare: 0.1,
      observedHoldoutShare: 0.1016,
      pValue: 0.57,
      isSuspect: false,
    },
    variants: [
      {
        variantId: 'amount',
        shown: 5_061,
        seen: 4_820,
        clicked: 1_090,
        dismissed: 1_490,
        converted: 742,
      },
      {
        variantId: 'percent',
        shown: 5_037,
        seen: 4_784,
        clicked: 898,
        dismissed: 1_630,
        converted: 682,
      },
    ],
    daily: daysIn(period).map((day, at) => ({
      day,
      shown: wave(at, 336),
      withheld: wave(at + 1, 38),
      seen: wave(at, 318),
      clicked: wave(at + 3, 66),
      converted: wave(at + 2, 47),
    })),
    ...given,
  });
}

export function aUser(given: Partial<User>): User {
  return {
    id: 'u1',
    email: 'owner@shop.example',
    role: 'owner',
    state: 'active',
    hasTotp: false,
    invitedUntil: null,
    createdAt: builtAt,
    ...given,
  };
}
