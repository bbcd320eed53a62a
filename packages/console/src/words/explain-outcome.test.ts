import { campaignOutcome } from '@tenth/model/decision.ts';
import { expect, test } from 'vitest';
import { explainOutcome } from './explain-outcome.ts';

const decisionId = '0123456789abcdef';
const names = {
  campaigns: new Map([['spring-coupon', '봄 쿠폰']]),
  segments: new Map([['vip', '우수 고객']]),
  timeZone: 'Asia/Seoul',
};

/** Every kind of outcome, as both languages tell it. */
const cases: readonly {
  readonly given: unknown;
  readonly tone: string;
  readonly ko: string;
  readonly en: string;
}[] = [
  {
    given: { kind: 'shown', decisionId, variantId: 'b', probability: 0.45 },
    tone: 'shown',
    ko: '조건을 모두 충족해 ‘b’ 소재를 보여 주었습니다.',
    en: 'Everything was met, so variant “b” was shown.',
  },
  {
    given: { kind: 'withheld', decisionId, probability: 0.1 },
    tone: 'withheld',
    ko: '조건을 충족했지만 효과를 재기 위한 대조군(10%)에 들어 일부러 보여 주지 않았습니다.',
    en: 'Everything was met, but this person is in the holdout (10%) and was deliberately not shown it, so that the effect can be measured.',
  },
  {
    given: { kind: 'kept', decisionId },
    tone: 'shown',
    ko: '앞서 보여 준 메시지가 여전히 알맞아 그대로 두었습니다.',
    en: 'The message shown earlier was still right and stayed up.',
  },
  {
    given: { kind: 'withdrawn', decisionId },
    tone: 'not-shown',
    ko: '떠 있던 메시지가 더는 상황에 맞지 않아 내렸습니다.',
    en: 'The message that was up no longer fitted and was taken away.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'audience',
      path: 'audience',
      condition: 'session channel in organic_search, portal',
      saw: 'direct',
    },
    tone: 'not-shown',
    ko: '대상에 해당하지 않았습니다. “유입 채널이 자연 검색 또는 포털 첫 화면”이어야 하는데 실제로는 직접 방문이었습니다.',
    en: 'This person was not in the audience. Needed: channel is Organic search or Portal front page. Found: Direct.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'audience',
      path: 'audience',
      condition: 'cart total KRW >= 20000',
      saw: 12000,
    },
    tone: 'not-shown',
    ko: '대상에 해당하지 않았습니다. “장바구니 금액이 20,000원 이상”이어야 하는데 실제로는 12,000원이었습니다.',
    en: 'This person was not in the audience. Needed: cart total is at least ₩20,000. Found: ₩12,000.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'audience',
      path: 'audience',
      condition: 'trait grade is VIP',
      saw: null,
    },
    tone: 'not-shown',
    ko: '대상에 해당하지 않았습니다. “특성 grade가 ‘VIP’”여야 하는데 값이 없었습니다.',
    en: 'This person was not in the audience. Needed: trait grade is “VIP”. Found: no value.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'audience',
      path: 'audience',
      condition: 'is a member',
      saw: false,
    },
    tone: 'not-shown',
    ko: '대상에 해당하지 않았습니다. “회원”이어야 하는데 그렇지 않았습니다.',
    en: 'This person was not in the audience. Needed: a member, which was not so.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'audience',
      path: 'audience',
      condition: 'not in segment vip',
      saw: true,
    },
    tone: 'not-shown',
    ko: '대상에 해당하지 않았습니다. “세그먼트 우수 고객에 속하지 않은 사람”이어야 하는데 그렇지 않았습니다.',
    en: 'This person was not in the audience. Needed: someone not in segment 우수 고객, which was not so.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'trigger',
      path: 'trigger',
      condition: 'page 3 of the session',
      saw: 1,
    },
    tone: 'not-shown',
    ko: '시작 조건에 맞는 순간이 아니었습니다. “방문 중 3번째 페이지”여야 하는데 실제로는 1이었습니다.',
    en: 'It was not the moment the campaign waits for. Needed: page 3 of the visit. Found: 1.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'schedule',
      path: 'schedule',
      condition: 'hour from 9 to below 18',
      saw: 20,
    },
    tone: 'not-shown',
    ko: '캠페인 일정에 맞지 않는 때였습니다. “시각이 9시 이상 18시 미만”이어야 하는데 실제로는 20시였습니다.',
    en: 'It was outside the campaign’s schedule. Needed: hour is from 9:00 to under 18:00. Found: 20:00.',
  },
  {
    given: {
      kind: 'failed',
      stage: 'trigger',
      path: 'trigger',
      condition: 'something nobody foresaw',
      saw: 3,
    },
    tone: 'not-shown',
    ko: '시작 조건에 맞는 순간이 아니었습니다. “something nobody foresaw”여야 하는데 실제로는 3이었습니다.',
    en: 'It was not the moment the campaign waits for. Needed: something nobody foresaw. Found: 3.',
  },
  {
    given: { kind: 'capped', cap: 'campaign_session', limit: 1, count: 1 },
    tone: 'not-shown',
    ko: '이 캠페인은 한 번의 방문에 1번까지인데, 이미 1번을 채웠습니다.',
    en: 'This campaign may come at most 1× in one visit, and 1 had been counted already.',
  },
  {
    given: { kind: 'capped', cap: 'person_week', limit: 20, count: 20 },
    tone: 'not-shown',
    ko: '한 사람이 받는 메시지는 7일에 20번까지인데, 이미 20번을 채웠습니다.',
    en: 'A person may get at most 20 messages in 7 days, and 20 had been counted already.',
  },
  {
    given: { kind: 'crowded_out', by: 'spring-coupon', group: 'overlay' },
    tone: 'not-shown',
    ko: '같은 자리를 두고 우선순위가 앞선 ‘봄 쿠폰’ 캠페인이 먼저 보였습니다.',
    en: 'Campaign “봄 쿠폰” goes before it and took the place that both wanted.',
  },
  {
    given: { kind: 'not_rendered', reason: 'title is empty' },
    tone: 'not-shown',
    ko: '메시지 내용을 만들 수 없어 보여 주지 못했습니다: title is empty',
    en: 'The content could not be made for this person: title is empty',
  },
];

for (const { given, tone, ko, en } of cases) {
  test(`says “${en}”`, () => {
    const outcome = campaignOutcome.parse(given);
    expect(explainOutcome(outcome, 'ko', names)).toMatchObject({ tone, sentence: ko });
    expect(explainOutcome(outcome, 'en', names)).toMatchObject({ tone, sentence: en });
  });
}

test('no kind of outcome is without a case', () => {
  const kinds = campaignOutcome.options.map((option) => option.shape.kind.value);
  expect([...new Set(cases.map(({ given }) => campaignOutcome.parse(given).kind))].sort()).toEqual(
    [...kinds].sort(),
  );
});
