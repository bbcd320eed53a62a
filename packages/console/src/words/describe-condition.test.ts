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
  {
    given: { kind: 'trait', name: 'email', test: { op: 'matches', pattern: '@naver\\.com$' } },
    ko: '특성 email이 정규식 ‘@naver\\.com$’에 맞음',
    en: 'trait email matches the pattern “@naver\\.com$”',
  },
  {
    given: { kind: 'trait', name: 'tags', test: { op: 'has_all', values: ['a', 'b', 3] } },
    ko: '특성 tags에 ‘a’, ‘b’, 3이 모두 들어 있음',
    en: 'trait tags has “a”, “b” and 3',
  },
  {
    given: {
      kind: 'trait',
      name: 'joined',
      test: { op: 'before', time: '2026-11-01T00:00:00+09:00' },
    },
    ko: '특성 joined가 2026년 11월 1일 00:00 (UTC+09:00) 전',
    en: 'trait joined is before Nov 1, 2026 00:00 (UTC+09:00)',
  },
  {
    given: { kind: 'trait', name: 'joined', test: { op: 'after', time: '2026-11-01T08:30:15Z' } },
    ko: '특성 joined가 2026년 11월 1일 08:30:15 (UTC) 이후',
    en: 'trait joined is Nov 1, 2026 08:30:15 (UTC) or later',
  },
  {
    given: { kind: 'trait', name: 'joined', test: { op: 'in_last_days', days: 30 } },
    ko: '특성 joined가 지난 30일 안',
    en: 'trait joined is within the last 30 days',
  },
  {
    given: { kind: 'trait', name: 'expiry', test: { op: 'in_next_days', days: 1 } },
    ko: '특성 expiry가 앞으로 1일 안',
    en: 'trait expiry is within the next day',
  },
  {
    given: { kind: 'trait', name: 'birthday', test: { op: 'anniversary_in_days', days: 7 } },
    ko: '특성 birthday의 기념일이 7일 안',
    en: 'the anniversary of trait birthday is within 7 days',
  },
  {
    given: { kind: 'trait', name: 'birthday', test: { op: 'anniversary_in_days', days: 0 } },
    ko: '특성 birthday의 기념일이 오늘',
    en: 'the anniversary of trait birthday is today',
  },
  {
    given: { kind: 'trait', name: 'app_version', test: { op: 'version_gte', version: '1.4' } },
    ko: '특성 app_version이 버전 1.4 이상',
    en: 'trait app_version is version 1.4 or later',
  },
  {
    given: { kind: 'trait', name: 'app_version', test: { op: 'version_lt', version: '2' } },
    ko: '특성 app_version이 버전 2 미만',
    en: 'trait app_version is a version before 2',
  },
  {
    given: {
      kind: 'event_count',
      event: { type: 'page' },
      window: {
        kind: 'between',
        from: '2026-11-01T00:00:00+09:00',
        to: '2026-12-01T00:00:00+09:00',
      },
      test: { op: 'gte', value: 1 },
    },
    ko: '2026년 11월 1일 00:00 (UTC+09:00)부터 2026년 12월 1일 00:00 (UTC+09:00) 전까지 페이지 조회가 1회 이상',
    en: 'number of page views from Nov 1, 2026 00:00 (UTC+09:00) to before Dec 1, 2026 00:00 (UTC+09:00) is at least 1',
  },
  {
    given: {
      kind: 'event_number',
      event: { type: 'track', name: 'Product Viewed' },
      property: 'properties.product_id',
      measure: 'distinct',
      window: { kind: 'since_event', event: { type: 'track', name: 'Order Completed' } },
      test: { op: 'gte', value: 5 },
    },
    ko: '마지막 ‘Order Completed’ 이후 ‘Product Viewed’의 서로 다른 product_id 수가 5개 이상',
    en: 'number of different values of product_id over “Product Viewed” since the last “Order Completed” is at least 5',
  },
  {
    given: {
      kind: 'event_number',
      event: { type: 'track', name: 'Order Completed' },
      property: 'properties.total',
      measure: 'sum',
      window: { kind: 'last_hours', hours: 1 },
      test: { op: 'gt', value: 0.05 },
    },
    ko: '최근 1시간 동안 ‘Order Completed’의 total 합계가 0.05 초과',
    en: 'sum of total over “Order Completed” in the last hour is over 0.05',
  },
  {
    given: {
      kind: 'event_number',
      event: { type: 'track', name: 'Order Completed' },
      property: 'properties.total',
      measure: 'max',
      window: { kind: 'ever' },
      test: { op: 'gte', value: 100_000 },
    },
    ko: '지금까지 ‘Order Completed’의 total 최댓값이 100,000 이상',
    en: 'largest total over “Order Completed” ever is at least 100,000',
  },
  {
    given: {
      kind: 'event_value',
      event: { type: 'track', name: 'Product Viewed' },
      property: 'properties.category',
      measure: 'most_frequent',
      window: { kind: 'session' },
      test: { op: 'is', value: 'men' },
    },
    ko: '이번 방문에서 ‘Product Viewed’의 가장 잦은 category가 ‘men’',
    en: 'most frequent category over “Product Viewed” in this visit is “men”',
  },
  {
    given: {
      kind: 'recency',
      event: { type: 'track', name: 'Product Viewed' },
      test: { op: 'lte', value: 7 },
    },
    ko: '마지막 ‘Product Viewed’ 후 지난 날이 7일 이하',
    en: 'days since the last “Product Viewed” is at most 7',
  },
  {
    given: {
      kind: 'active_days',
      event: { type: 'page' },
      days: 30,
      test: { op: 'gte', value: 5 },
    },
    ko: '최근 30일 가운데 페이지 조회의 기록이 있는 날이 5일 이상',
    en: 'days with page views among the last 30 is at least 5',
  },
  {
    given: {
      kind: 'funnel',
      steps: [
        { type: 'track', name: 'Product Viewed' },
        { type: 'track', name: 'Product Added' },
        { type: 'track', name: 'Order Completed' },
      ],
      withinMinutes: 90,
      test: { op: 'is', value: 2 },
    },
    ko: '90분 안에 ‘Product Viewed’ → ‘Product Added’ → ‘Order Completed’ 순서로 거친 단계가 2단계',
    en: 'steps reached of “Product Viewed” → “Product Added” → “Order Completed” within 90 minutes is 2',
  },
  {
    given: {
      kind: 'sequence',
      first: { type: 'track', name: 'Product Added' },
      // biome-ignore lint/suspicious/noThenProperty: the word people use; nothing awaits a condition
      then: { type: 'track', name: 'Order Completed' },
      withinMinutes: 1_440,
      without: { type: 'track', name: 'Product Removed' },
    },
    ko: '‘Product Added’ 후 1일 안에 ‘Order Completed’, 그 사이 ‘Product Removed’ 없음',
    en: '“Order Completed” within 1 day after “Product Added”, without “Product Removed” in between',
  },
  {
    given: { kind: 'session', field: 'city', test: { op: 'is', value: 'Seoul' } },
    ko: '도시가 ‘Seoul’',
    en: 'city is “Seoul”',
  },
  {
    given: {
      kind: 'inferred',
      attributeId: 'gender',
      value: 'female',
      test: { op: 'gte', value: 0.8 },
    },
    ko: '추정한 ‘성별’ 항목이 ‘여성’일 가능성이 80% 이상',
    en: 'confidence that “성별” is “여성” is at least 80%',
  },
  {
    given: { kind: 'local_hour', test: { op: 'between', from: 22, to: 24 } },
    ko: '현지 시각이 22시 이상 24시 미만',
    en: 'local hour is from 22 to under 24',
  },
  {
    given: { kind: 'local_weekday', test: { op: 'gte', value: 6 } },
    ko: '현지 요일이 토요일 또는 일요일',
    en: 'local weekday is Saturday or Sunday',
  },
  {
    given: { kind: 'local_weekday', test: { op: 'lt', value: 1 } },
    ko: '해당하는 요일 없음',
    en: 'on no day of the week',
  },
  {
    given: { kind: 'variable', variableId: 'power', levels: ['high', 'mid'] },
    ko: '변수 ‘구매력’이 ‘높음’ 또는 ‘mid’',
    en: 'variable “구매력” is “높음” or “mid”',
  },
  {
    given: { kind: 'list', listId: 'invited', is: true },
    ko: '명단 ‘초대 고객’에 있음',
    en: 'on list “초대 고객”',
  },
  {
    given: { kind: 'list', listId: 'other', is: false },
    ko: '명단 ‘other’에 없음',
    en: 'not on list “other”',
  },
  {
    given: { kind: 'random_share', seed: 'spring', from: 0, to: 0.125 },
    ko: '무작위로 고른 전체의 12.5% (추첨 ‘spring’의 0%–12.5%)',
    en: 'a random 12.5% of all people (0%–12.5% of draw “spring”)',
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
const others = {
  variables: new Map([['power', { name: '구매력', values: new Map([['high', '높음']]) }]]),
  attributes: new Map([['gender', { name: '성별', values: new Map([['female', '여성']]) }]]),
  lists: new Map([['invited', '초대 고객']]),
};

for (const { given, ko, en } of cases) {
  test(`reads as “${en}”`, () => {
    const parsed: Condition = condition.parse(given);
    expect(describeCondition(parsed, 'ko', names, others)).toBe(ko);
    expect(describeCondition(parsed, 'en', names, others)).toBe(en);
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
