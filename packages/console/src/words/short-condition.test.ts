import { arbitraryLeaf } from '@tenth/engine/testing/condition-arbitrary.ts';
import { printLeaf } from '@tenth/engine/text/print-leaf.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeCondition } from './describe-condition.ts';
import { readShortCondition, showSeen } from './short-condition.ts';

const words = { timeZone: 'Asia/Seoul', segmentNames: new Map<string, string>() };

test('reads every condition in its text form as it is described', () => {
  const references = {
    lists: ['invited'],
    variables: [{ id: 'power', levels: ['low', 'high'] }],
    attributes: [{ id: 'gender', values: ['female', 'male'] }],
  };
  // Segments have words of their own, as of a person: `someone in segment vip`.
  const leaf = arbitraryLeaf({ ...references, without: ['segment'] });
  fc.assert(
    fc.property(leaf, fc.constantFrom('ko' as const, 'en' as const), (condition, locale) => {
      const short = readShortCondition(printLeaf(condition), { ...words, locale });
      expect(short).toBe(describeCondition(condition, locale));
    }),
    { numRuns: 500 },
  );
});

/** What is told in shorthand. */
const shorthand: readonly (readonly [short: string, ko: string, en: string])[] = [
  ['is a member', '회원', 'a member'],
  ['visitor is returning', '재방문자', 'a returning visitor'],
  ['event page.category is product', '페이지 분류가 ‘product’', 'page category is “product”'],
  ['trait grade in VIP, gold', '특성 grade가 ‘VIP’ 또는 ‘gold’', 'trait grade is “VIP” or “gold”'],
  [
    'count of track Product Viewed (session) >= 3',
    '이번 방문 ‘Product Viewed’ 횟수가 3 이상',
    'number of “Product Viewed” in this visit is at least 3',
  ],
  ['cart total KRW < 20000', '장바구니 금액이 20,000원 미만', 'cart total is under ₩20,000'],
  [
    'product in the cart: brand is 라운드랩',
    '장바구니 상품의 브랜드가 ‘라운드랩’',
    'brand of a product in the cart is “라운드랩”',
  ],
  [
    'affinity share of category 스킨케어 >= 0.4',
    '카테고리 ‘스킨케어’의 관심 비중이 40% 이상',
    'interest share of category “스킨케어” is at least 40%',
  ],
  ['orders count is 0', '주문 횟수가 0', 'number of orders is 0'],
  [
    'session channel in organic_search, portal',
    '유입 채널이 자연 검색 또는 포털 첫 화면',
    'channel is Organic search or Portal front page',
  ],
  [
    'trait app version >= 1.4.2',
    '특성 app가 버전 1.4.2 이상',
    'trait app is version 1.4.2 or later',
  ],
  [
    'trait joined in the last 30 days',
    '특성 joined가 지난 30일 안',
    'trait joined is within the last 30 days',
  ],
  [
    'trait birthday has its anniversary within 7 days',
    '특성 birthday의 기념일이 7일 안',
    'the anniversary of trait birthday is within 7 days',
  ],
  [
    'trait joined at or after 2026-11-01T00:00:00Z',
    '특성 joined가 2026년 11월 1일 00:00 (UTC) 이후',
    'trait joined is Nov 1, 2026 00:00 (UTC) or later',
  ],
  [
    'trait tags has all of a, b',
    '특성 tags에 ‘a’, ‘b’가 모두 들어 있음',
    'trait tags has “a” and “b”',
  ],
  [
    'sum of properties.total of Order Completed (last_days) >= 50000',
    '최근 며칠 ‘Order Completed’의 total 합계가 50,000 이상',
    'sum of total over “Order Completed” in the last days is at least 50,000',
  ],
  [
    'most_frequent properties.category of Product Viewed (ever) is men',
    '지금까지 ‘Product Viewed’의 category 가장 잦은 값이 ‘men’',
    'most frequent of category over “Product Viewed” ever is “men”',
  ],
  [
    'days since the last page >= 30',
    '마지막 ‘page’ 후 지난 날이 30 이상',
    'days since the last “page” is at least 30',
  ],
  [
    'days with page (last 30) >= 5',
    '최근 30일 가운데 ‘page’의 기록이 있는 날이 5 이상',
    'days with “page” among the last 30 is at least 5',
  ],
  [
    'steps of Product Viewed -> Order Completed within 60 minutes >= 2',
    '1시간 안에 ‘Product Viewed’ → ‘Order Completed’ 순서로 거친 단계가 2 이상',
    'steps reached of “Product Viewed” → “Order Completed” within 1 hour is at least 2',
  ],
  [
    'Product Added -> Order Completed within 60 minutes without Product Removed',
    '‘Product Added’ 후 1시간 안에 ‘Order Completed’, 그 사이 ‘Product Removed’ 없음',
    '“Order Completed” within 1 hour after “Product Added”, without “Product Removed” in between',
  ],
  [
    'confidence of gender female >= 0.8',
    '추정한 ‘gender’ 항목이 ‘female’일 가능성이 80% 이상',
    'confidence that “gender” is “female” is at least 80%',
  ],
  [
    'variable power in high, mid',
    '변수 ‘power’가 ‘high’ 또는 ‘mid’',
    'variable “power” is “high” or “mid”',
  ],
  ['in list invited', '명단 ‘invited’에 있음', 'on list “invited”'],
  ['share 0 to 0.5 of spring', '무작위로 고른 전체의 50%', 'a random 50% of all people'],
  ['weekday in 6, 7', '요일이 토요일 또는 일요일', 'weekday is Saturday or Sunday'],
];

for (const [short, ko, en] of shorthand) {
  test(`reads the shorthand “${short}”`, () => {
    expect(readShortCondition(short, { ...words, locale: 'ko' })).toBe(ko);
    expect(readShortCondition(short, { ...words, locale: 'en' })).toBe(en);
  });
}

test('a value that was found reads as the condition’s own do', () => {
  const ko = { ...words, locale: 'ko' } as const;
  expect(showSeen(1_000, 'cart total in KRW >= 20000', ko)).toBe('1,000원');
  expect(showSeen('portal', 'channel is any of direct, email', ko)).toBe('포털 첫 화면');
  expect(showSeen('phone', 'session device is "desktop"', ko)).toBe('휴대폰');
  expect(showSeen(6, 'local weekday < 6', ko)).toBe('토요일');
  expect(showSeen(0.25, 'affinity share of brand "a" >= 0.4', ko)).toBe('25%');
  expect(showSeen('gold', 'trait "grade" is "VIP"', ko)).toBe('‘gold’');
  expect(showSeen(null, 'trait "grade" is "VIP"', ko)).toBeUndefined();
});

test('what is not recognised stays as it came', () => {
  expect(readShortCondition('moon phase waxing', { ...words, locale: 'ko' })).toBe(
    'moon phase waxing',
  );
});
