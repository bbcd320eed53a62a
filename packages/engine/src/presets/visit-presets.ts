import { rule } from '../text/rule.ts';
import { daysAgo, labels, times, windowDays, words } from './parameters.ts';
import { adjustable, fixed, type Preset, say } from './preset.ts';

/** By how often and how lately someone comes. */
export const visitPresets: readonly Preset[] = [
  fixed({
    id: 'new-visitors',
    group: 'visit',
    name: say('첫 방문자', 'New visitors'),
    description: say(
      '지금이 첫 방문인 사람. 가게를 소개하고 첫 구매 혜택을 알리세요.',
      'On their first visit: the time for an introduction and a first-order benefit.',
    ),
    condition: () => rule`new visitor`,
  }),
  fixed({
    id: 'returning-visitors',
    group: 'visit',
    name: say('재방문자', 'Returning visitors'),
    description: say('두 번째 방문부터의 사람.', 'From the second visit on.'),
    condition: () => rule`returning visitor`,
  }),
  adjustable({
    id: 'regular-visitors',
    group: 'visit',
    name: say('자주 오는 방문자', 'Regular visitors'),
    description: say(
      '최근 여러 날에 걸쳐 꾸준히 찾아온 사람. 무엇을 샀는지와 상관없이 가게에 익숙합니다.',
      'Seen on many of the last days. They know the shop well, whatever they have bought.',
    ),
    parameters: { days: times(8, 90), within: windowDays(30) },
    labels: {
      days: say('방문한 날 (이상)', 'Days with a visit, at least'),
      within: labels.windowDays,
    },
    condition: ({ days, within }) => rule`
      days with page visit in last ${within} days >= ${days}`,
  }),
  adjustable({
    id: 'dormant',
    group: 'visit',
    name: say('휴면 방문자', 'Dormant'),
    description: say(
      '예전에는 왔지만 한동안 웹에도 앱에도 오지 않은 사람. 다시 부를 대상을 고를 때 씁니다.',
      'Came once, but has been neither on the site nor in the app for a while: whom to win back.',
    ),
    parameters: { days: daysAgo(30) },
    labels: { days: say('방문이 없는 날', 'Days without a visit') },
    condition: ({ days }) => rule`
      (days since last page visit >= ${days} or days since last screen visit >= ${days})
      and not (days since last page visit < ${days} or days since last screen visit < ${days})`,
  }),
  adjustable({
    id: 'back-again',
    group: 'visit',
    name: say('오랜만에 돌아온 방문자', 'Back after a while'),
    description: say(
      '여러 번 오다가 뜸해진 뒤 다시 나타난 사람. 그동안 새로 들어온 것을 보여 주세요.',
      'Visited several times before and has been seen on a single one of the last days: show what is new.',
    ),
    parameters: { visits: times(3), days: windowDays(30) },
    labels: { visits: labels.visits, days: labels.windowDays },
    condition: ({ visits, days }) => rule`
      returning visitor and sessions >= ${visits}
      and days with page visit in last ${days} days is 1`,
  }),
  adjustable({
    id: 'returning-phone-guests',
    group: 'visit',
    name: say('휴대폰으로 다시 온 비회원', 'Guests back on a phone'),
    description: say(
      '휴대폰으로 상품, 비교함, 장바구니에 곧장 다시 들어온 비회원. 고민 중이므로 한 번만 거들면 됩니다.',
      'Guests who come back on a phone straight to a product, the comparison or the cart. They are deciding, and a nudge helps.',
    ),
    parameters: { landings: words(['product', 'compare', 'cart'], 1) },
    labels: { landings: say('첫 페이지 분류', 'Categories of the landing page') },
    condition: ({ landings }) => rule`
      returning visitor and not member and device is phone
      and session landing_category is any of ${landings}`,
  }),
];
