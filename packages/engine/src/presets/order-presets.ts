import { rule } from '../text/rule.ts';
import { amount, currency, daysAgo, labels, times, windowDays } from './parameters.ts';
import { adjustable, type Preset, say } from './preset.ts';

/** By orders. */
export const orderPresets: readonly Preset[] = [
  adjustable({
    id: 'vip',
    group: 'order',
    name: say('VIP 고객', 'VIP'),
    description: say(
      '누적 구매 금액이 크고 여러 번 산 고객. 먼저 알리고 먼저 대접하세요.',
      'Spent much over several orders: tell them first and treat them best.',
    ),
    parameters: { total: amount(500_000), currency: currency(), orders: times(3) },
    labels: {
      total: say('누적 구매 금액 (이상)', 'Spent so far, at least'),
      currency: labels.currency,
      orders: labels.orders,
    },
    condition: (given) => rule`
      order total in ${given.currency} >= ${given.total} and order count >= ${given.orders}`,
  }),
  adjustable({
    id: 'loyal',
    group: 'order',
    name: say('단골', 'Loyal customers'),
    description: say(
      '최근 꾸준히 주문한 고객. 할인보다 새 상품 소식과 감사가 어울립니다.',
      'Ordered again and again of late: news and thanks rather than discounts.',
    ),
    parameters: { orders: times(3), days: windowDays(90) },
    labels: { orders: labels.orders, days: labels.windowDays },
    condition: ({ orders, days }) => rule`
      count of "Order Completed" in last ${days} days >= ${orders}`,
  }),
  adjustable({
    id: 'first-time-buyers',
    group: 'order',
    name: say('갓 첫 구매를 한 사람', 'First-time buyers'),
    description: say(
      '첫 주문을 한 지 얼마 되지 않은 고객. 두 번째 주문이 단골로 가는 문턱입니다.',
      'Their first order is recent; the second is the step towards loyalty.',
    ),
    parameters: { days: daysAgo(14) },
    labels: { days: say('첫 주문 뒤 며칠까지', 'Days since the first order, at most') },
    condition: ({ days }) => rule`order count is 1 and days since last order <= ${days}`,
  }),
  adjustable({
    id: 'one-time-buyers',
    group: 'order',
    name: say('한 번만 산 사람', 'One-time buyers'),
    description: say(
      '한 번 주문한 뒤 한동안 다시 사지 않은 고객. 두 번째 구매를 권할 때입니다.',
      'Ordered once and not again for a while: time to suggest a second order.',
    ),
    parameters: { days: daysAgo(30) },
    labels: { days: say('주문 뒤 며칠부터', 'Days since the order, at least') },
    condition: ({ days }) => rule`order count is 1 and days since last order >= ${days}`,
  }),
  adjustable({
    id: 'recent-buyers',
    group: 'order',
    name: say('최근 구매한 사람', 'Recent buyers'),
    description: say(
      '얼마 전에 주문한 고객. 같은 상품을 또 권하는 메시지에서 빼기에도 좋습니다.',
      'Ordered a short while ago; also good for leaving out of messages that sell.',
    ),
    parameters: { days: daysAgo(7) },
    labels: { days: say('주문 뒤 며칠까지', 'Days since the last order, at most') },
    condition: ({ days }) => rule`days since last order <= ${days}`,
  }),
  adjustable({
    id: 'big-spenders',
    group: 'order',
    name: say('한 번에 많이 사는 사람', 'Big spenders'),
    description: say(
      '최근 주문의 평균 금액이 큰 고객. 묶음이나 고급 상품을 권해 보세요.',
      'Their recent orders are large on average: show bundles and the best there is.',
    ),
    parameters: { average: amount(150_000), days: windowDays(90) },
    labels: {
      average: say('평균 주문 금액 (이상)', 'Average order, at least'),
      days: labels.windowDays,
    },
    condition: ({ average, days }) => rule`
      mean of properties.total over "Order Completed" in last ${days} days >= ${average}`,
  }),
  adjustable({
    id: 'bargain-hunters',
    group: 'order',
    name: say('쿠폰·할인을 좋아하는 사람', 'Bargain hunters'),
    description: say(
      '쿠폰을 쓰거나 행사를 자주 눌러 본 사람. 할인 소식에 반응하지만 정가에는 덜 삽니다.',
      'Use coupons or follow promotions: they answer to discounts, and less to full prices.',
    ),
    parameters: { times: times(2), days: windowDays(90) },
    labels: { times: say('횟수 (이상)', 'Times, at least'), days: labels.windowDays },
    condition: ({ times: often, days }) => rule`
      count of "Coupon Applied" in last ${days} days >= ${often}
      or count of "Promotion Clicked" in last ${days} days >= ${often}
      or count of "Order Completed" where (properties.coupon matches ".") in last ${days} days >= ${often}`,
  }),
  adjustable({
    id: 'at-risk',
    group: 'order',
    name: say('떠날 위험이 있는 고객', 'At risk'),
    description: say(
      '여러 번 샀지만 주문이 끊긴 지 꽤 된 고객. 완전히 잊기 전에 말을 거세요.',
      'Bought more than once, but not for some time: speak up before they forget the shop.',
    ),
    parameters: { orders: times(2), from: daysAgo(60), to: daysAgo(180) },
    labels: {
      orders: labels.orders,
      from: say('마지막 주문 뒤 며칠부터', 'Days since the last order, from'),
      to: say('마지막 주문 뒤 며칠 전까지', 'Days since the last order, below'),
    },
    condition: ({ orders, from, to }) => rule`
      order count >= ${orders} and days since last order from ${from} to below ${to}`,
  }),
  adjustable({
    id: 'lost-customers',
    group: 'order',
    name: say('떠난 고객', 'Lost customers'),
    description: say(
      '산 적이 있지만 아주 오래 주문이 없는 고객. 돌아올 큰 이유가 있어야 합니다.',
      'Bought once, and not for a very long time: they need a strong reason to return.',
    ),
    parameters: { days: daysAgo(180) },
    labels: { days: say('마지막 주문 뒤 며칠부터', 'Days since the last order, at least') },
    condition: ({ days }) => rule`days since last order >= ${days}`,
  }),
  adjustable({
    id: 'reorder-due',
    group: 'order',
    name: say('다시 살 때가 된 사람', 'Due for a reorder'),
    description: say(
      '마지막 주문 뒤로 다 썼을 만큼 날이 지난 고객. 떨어지면 다시 사는 상품에 알맞습니다.',
      'For what is used up and bought again: the last order is about as long ago as it lasts.',
    ),
    parameters: { from: daysAgo(25), to: daysAgo(40) },
    labels: {
      from: say('마지막 주문 뒤 며칠부터', 'Days since the last order, from'),
      to: say('마지막 주문 뒤 며칠 전까지', 'Days since the last order, below'),
    },
    condition: ({ from, to }) => rule`days since last order from ${from} to below ${to}`,
  }),
];
