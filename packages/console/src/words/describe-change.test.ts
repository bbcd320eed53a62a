import { type ExplainedCondition, neededChange } from '@tenth/model/explanation.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { describe, expect, test } from 'vitest';
import { describeChange, leavesOf } from './describe-change.ts';

const trigger: ExplainedCondition = {
  kind: 'leaf',
  leaf: 'cart_total',
  path: 'trigger',
  holds: false,
  condition: 'cart total KRW >= 20000',
  fact: 'cart total KRW',
  saw: 12_000,
};
const leaves = leavesOf({
  trigger,
  audience: {
    kind: 'not',
    path: 'audience',
    holds: true,
    of: { ...trigger, path: 'audience.not' },
  },
  keepWhile: null,
});

const wordsOf = (locale: Locale) => ({
  locale,
  timeZone: 'Asia/Seoul',
  segmentNames: new Map<string, string>(),
  campaignNames: new Map([['spring', '봄 쿠폰']]),
});

/** Every kind of change, as both languages tell it. */
const cases: readonly { readonly given: unknown; readonly ko: string; readonly en: string }[] = [
  {
    given: {
      kind: 'fact',
      says: 'cart total KRW 12000 -> 20000',
      paths: ['trigger'],
      fact: 'cart total KRW',
      from: 12_000,
      to: 20_000,
    },
    ko: '“장바구니 금액이 20,000원 이상”이어야 합니다. 그때는 12,000원.',
    en: 'Needed: cart total is at least ₩20,000. It was ₩12,000.',
  },
  {
    given: {
      kind: 'fact',
      says: 'coupons 1 -> 2',
      paths: ['audience.all[9]'],
      fact: 'coupons',
      from: 1,
      to: 2,
    },
    ko: 'coupons 1 -> 2',
    en: 'coupons 1 -> 2',
  },
  {
    given: { kind: 'event', says: 'an order', path: 'nowhere' },
    ko: '다른 이벤트가 있어야 합니다.',
    en: 'Another event had to happen.',
  },
  {
    given: { kind: 'status', says: 'live', status: 'paused' },
    ko: '캠페인이 켜져 있어야 합니다.',
    en: 'The campaign had to be live.',
  },
  {
    given: { kind: 'schedule', says: '', opensAt: '2026-03-02T00:00:00.000Z' },
    ko: '2026년 3월 2일 09:00부터 가능합니다.',
    en: 'It runs again from Mar 2, 2026, 09:00.',
  },
  {
    given: { kind: 'schedule', says: '', opensAt: null },
    ko: '캠페인 기간이 끝났습니다.',
    en: 'The campaign’s time is over.',
  },
  {
    given: { kind: 'cap', says: '', cap: 'campaign_ever', freesAt: null, frees: [] },
    ko: '노출 한도가 다시 풀리지 않습니다.',
    en: 'The cap’s place is not given back.',
  },
  {
    given: { kind: 'rival', says: '', campaignId: 'spring', group: 'overlay' },
    ko: '‘봄 쿠폰’ 캠페인이 자리를 차지하지 않아야 합니다.',
    en: 'Campaign “봄 쿠폰” had to leave the place free.',
  },
  {
    given: { kind: 'holdout', says: '', share: 0.1 },
    ko: '대조군(10%)에 속한 사람이라 무엇을 해도 보이지 않습니다.',
    en: 'This person is in the holdout (10%); nothing they do changes that.',
  },
  {
    given: { kind: 'template', says: '' },
    ko: '메시지 내용을 고쳐야 합니다.',
    en: 'The content has to be mended.',
  },
  {
    given: { kind: 'impossible', says: '' },
    ko: '조건이 서로 맞지 않거나 정해진 비율의 사람에게만 해당해, 바꿀 수 있는 것이 없습니다.',
    en: 'The conditions exclude one another or rest on a fixed share of people; nothing would do.',
  },
];

describe('what would have had to be different', () => {
  test.each(cases)('$en', ({ given, ko, en }) => {
    const change = neededChange.parse(given);
    expect(describeChange(change, leaves, wordsOf('ko'))).toBe(ko);
    expect(describeChange(change, leaves, wordsOf('en'))).toBe(en);
  });

  test('has words for each kind', () => {
    const told = new Set(cases.map(({ given }) => neededChange.parse(given).kind));
    expect([...told].sort()).toEqual(
      neededChange.options.map(({ shape }) => shape.kind.value).sort(),
    );
  });
});
