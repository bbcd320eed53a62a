import type { Condition } from '@tenth/model/condition.ts';
import { condition } from '@tenth/model/condition.ts';
import { expect, test } from 'vitest';
import { describeCondition, outlineCondition } from './describe-condition.ts';

/** Every kind of condition, as both languages read it. */
const cases: readonly { readonly given: unknown; readonly ko: string; readonly en: string }[] = [
  {
    given: {
      kind: 'event',
      filters: [{ path: 'page.category', test: { op: 'is', value: 'product' } }],
    },
    ko: '이번 이벤트의 페이지 분류가 ‘product’',
    en: 'this event’s page category is “product”',
  },
  {
    given: { kind: 'trait', name: 'grade', test: { op: 'is_not', value: 'VIP' } },
    ko: '특성 grade가 ‘VIP’가 아님',
    en: 'trait grade is not “VIP”',
  },
  {
    given: {
      kind: 'event_count',
      event: { type: 'track', name: 'Product Viewed' },
      window: { kind: 'last_days', days: 7 },
      test: { op: 'gte', value: 3 },
    },
    ko: '최근 7일 동안 ‘Product Viewed’가 3회 이상',
    en: 'number of “Product Viewed” in the last 7 days is at least 3',
  },
  {
    given: { kind: 'cart_total', currency: 'KRW', test: { op: 'between', from: 20000, to: 50000 } },
    ko: '장바구니 금액이 20,000원 이상 50,000원 미만',
    en: 'cart total is from ₩20,000 to under ₩50,000',
  },
  {
    given: { kind: 'cart_quantity', test: { op: 'gt', value: 2 } },
    ko: '장바구니 상품 수가 2개 초과',
    en: 'items in the cart is over 2',
  },
  {
    given: { kind: 'cart_product', field: 'brand', test: { op: 'in', values: ['A', 'B'] } },
    ko: '장바구니 상품 중 브랜드가 ‘A’ 또는 ‘B’',
    en: 'a product in the cart whose brand is “A” or “B”',
  },
  {
    given: { kind: 'session', field: 'channel', test: { op: 'is', value: 'paid_search' } },
    ko: '유입 채널이 검색 광고',
    en: 'channel is Paid search',
  },
  {
    given: { kind: 'session', field: 'keyword', test: { op: 'contains', value: '선크림' } },
    ko: '검색어에 ‘선크림’이 들어 있음',
    en: 'search keyword contains “선크림”',
  },
  {
    given: { kind: 'session_pages', test: { op: 'gte', value: 3 } },
    ko: '이번 방문에서 본 페이지가 3쪽 이상',
    en: 'pages seen in this visit is at least 3',
  },
  {
    given: { kind: 'sessions', test: { op: 'is', value: 2 } },
    ko: '방문 횟수가 2회',
    en: 'number of visits is 2',
  },
  { given: { kind: 'visitor', is: 'new' }, ko: '첫 방문자', en: 'new visitor' },
  { given: { kind: 'member', is: false }, ko: '비회원', en: 'not a member' },
  {
    given: {
      kind: 'affinity',
      dimension: 'category',
      key: '스킨케어',
      measure: 'share',
      test: { op: 'gte', value: 0.4 },
    },
    ko: '카테고리 ‘스킨케어’의 관심 비중이 40% 이상',
    en: 'interest share of category “스킨케어” is at least 40%',
  },
  {
    given: {
      kind: 'orders',
      measure: 'total',
      currency: 'KRW',
      test: { op: 'gte', value: 300000 },
    },
    ko: '누적 구매 금액이 300,000원 이상',
    en: 'amount spent so far is at least ₩300,000',
  },
  {
    given: { kind: 'orders', measure: 'days_since_last', test: { op: 'gt', value: 30 } },
    ko: '마지막 주문 후 지난 날이 30일 초과',
    en: 'days since the last order is over 30',
  },
  {
    given: { kind: 'segment', segmentId: 'vip', is: true },
    ko: '세그먼트 ‘우수 고객’에 속함',
    en: 'in segment “우수 고객”',
  },
  {
    given: { kind: 'channel_in', channels: ['organic_search', 'portal'] },
    ko: '유입 채널이 자연 검색 또는 포털 첫 화면',
    en: 'channel is Organic search or Portal front page',
  },
  {
    given: { kind: 'device_in', devices: ['phone'] },
    ko: '휴대폰 이용',
    en: 'on Phone',
  },
  { given: { kind: 'all', of: [] }, ko: '모든 사람', en: 'everyone' },
  { given: { kind: 'any', of: [] }, ko: '해당 없음', en: 'nobody' },
  {
    given: {
      kind: 'all',
      of: [
        { kind: 'member', is: true },
        {
          kind: 'any',
          of: [
            { kind: 'visitor', is: 'returning' },
            { kind: 'sessions', test: { op: 'gte', value: 5 } },
          ],
        },
      ],
    },
    ko: '회원 그리고 (재방문자 또는 방문 횟수가 5회 이상)',
    en: 'member and (returning visitor or number of visits is at least 5)',
  },
  {
    given: { kind: 'not', of: { kind: 'device_in', devices: ['desktop', 'tablet'] } },
    ko: '(PC 또는 태블릿 이용)에 해당하지 않음',
    en: 'not (on Desktop or Tablet)',
  },
];

const names = new Map([['vip', '우수 고객']]);

for (const { given, ko, en } of cases) {
  test(`reads as “${en}”`, () => {
    const parsed: Condition = condition.parse(given);
    expect(describeCondition(parsed, 'ko', names)).toBe(ko);
    expect(describeCondition(parsed, 'en', names)).toBe(en);
  });
}

test('a group of one is read as the one', () => {
  const one: Condition = { kind: 'all', of: [{ kind: 'member', is: true }] };
  expect(outlineCondition(one, 'ko')).toEqual({ kind: 'line', text: '회원' });
});

test('a long list names the first few and counts the rest', () => {
  const many: Condition = {
    kind: 'session',
    field: 'keyword',
    test: { op: 'in', values: ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] },
  };
  expect(describeCondition(many, 'en')).toBe(
    'search keyword is “a”, “b”, “c”, “d”, “e” or one of 3 more',
  );
});
