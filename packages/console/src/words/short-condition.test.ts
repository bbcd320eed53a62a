import { compileLeaf, type PlainLeaf } from '@tenth/engine/evaluate/leaf.ts';
import { compileAggregate } from '@tenth/engine/plan/aggregate.ts';
import { condition } from '@tenth/model/condition.ts';
import { expect, test } from 'vitest';
import { readShortCondition } from './short-condition.ts';

const words = { timeZone: 'Asia/Seoul', segmentNames: new Map<string, string>() };

/** What the engine says in short of each kind of condition, and how both languages read it. */
const cases: readonly { readonly given: unknown; readonly ko: string; readonly en: string }[] = [
  {
    given: {
      kind: 'event',
      filters: [{ path: 'page.category', test: { op: 'is', value: 'product' } }],
    },
    ko: '페이지 분류가 ‘product’',
    en: 'page category is “product”',
  },
  {
    given: { kind: 'trait', name: 'grade', test: { op: 'in', values: ['VIP', 'gold'] } },
    ko: '특성 grade가 ‘VIP’ 또는 ‘gold’',
    en: 'trait grade is “VIP” or “gold”',
  },
  {
    given: {
      kind: 'event_count',
      event: { type: 'track', name: 'Product Viewed' },
      window: { kind: 'session' },
      test: { op: 'gte', value: 3 },
    },
    ko: '이번 방문 ‘Product Viewed’ 횟수가 3 이상',
    en: 'number of “Product Viewed” in this visit is at least 3',
  },
  {
    given: { kind: 'cart_total', currency: 'KRW', test: { op: 'lt', value: 20_000 } },
    ko: '장바구니 금액이 20,000원 미만',
    en: 'cart total is under ₩20,000',
  },
  {
    given: { kind: 'cart_quantity', test: { op: 'gt', value: 1 } },
    ko: '장바구니 상품 수가 1 초과',
    en: 'items in the cart is over 1',
  },
  {
    given: { kind: 'cart_product', field: 'brand', test: { op: 'is', value: '라운드랩' } },
    ko: '장바구니 상품의 브랜드가 ‘라운드랩’',
    en: 'brand of a product in the cart is “라운드랩”',
  },
  {
    given: { kind: 'session', field: 'keyword', test: { op: 'contains_any', values: ['선크림'] } },
    ko: '검색어에 ‘선크림’이 들어 있음',
    en: 'search keyword contains “선크림”',
  },
  {
    given: { kind: 'session_pages', test: { op: 'lte', value: 4 } },
    ko: '이번 방문에서 본 페이지 수가 4 이하',
    en: 'pages seen in this visit is at most 4',
  },
  {
    given: { kind: 'sessions', test: { op: 'is', value: 2 } },
    ko: '방문 횟수가 2',
    en: 'number of visits is 2',
  },
  { given: { kind: 'visitor', is: 'returning' }, ko: '재방문자', en: 'a returning visitor' },
  { given: { kind: 'member', is: true }, ko: '회원', en: 'a member' },
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
    given: { kind: 'orders', measure: 'count', test: { op: 'is', value: 0 } },
    ko: '주문 횟수가 0',
    en: 'number of orders is 0',
  },
  {
    given: { kind: 'channel_in', channels: ['portal'] },
    ko: '유입 채널이 포털 첫 화면',
    en: 'channel is Portal front page',
  },
  {
    given: { kind: 'device_in', devices: ['phone', 'tablet'] },
    ko: '기기가 휴대폰 또는 태블릿',
    en: 'device is Phone or Tablet',
  },
];

for (const { given, ko, en } of cases) {
  test(`reads the engine’s “${en}”`, () => {
    // None of the cases is a group or a segment, which have no leaf.
    const leaf = condition.parse(given) as PlainLeaf;
    const { text } = compileLeaf(leaf, ({ event, window }) => compileAggregate(event, window));
    expect(readShortCondition(text, { ...words, locale: 'ko' })).toBe(ko);
    expect(readShortCondition(text, { ...words, locale: 'en' })).toBe(en);
  });
}

test('what is not recognised stays as it came', () => {
  expect(readShortCondition('moon phase waxing', { ...words, locale: 'ko' })).toBe(
    'moon phase waxing',
  );
});
