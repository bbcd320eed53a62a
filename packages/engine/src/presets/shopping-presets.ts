import { MOST_DISTINCT } from '@tenth/model/measure.ts';
import { rule } from '../text/rule.ts';
import {
  amount,
  currency,
  labels,
  times,
  windowDays,
  windowMinutes,
  withinMinutes,
  word,
} from './parameters.ts';
import { adjustable, fixed, type Preset, say } from './preset.ts';

/** By what someone looks at, puts in the cart and leaves there. */
export const shoppingPresets: readonly Preset[] = [
  adjustable({
    id: 'high-intent',
    group: 'shopping',
    name: say('지금 살 마음이 큰 사람', 'High intent'),
    description: say(
      '이번 방문에서 상품을 여러 번 들여다본 사람. 망설임을 덜어 줄 후기나 혜택이 알맞습니다.',
      'Looked at products several times in this visit: a review or a benefit now eases the decision.',
    ),
    parameters: { views: times(3) },
    labels: { views: labels.views },
    condition: ({ views }) => rule`count of "Product Viewed" in this session >= ${views}`,
  }),
  adjustable({
    id: 'comparers',
    group: 'shopping',
    name: say('여러 상품을 비교하는 사람', 'Comparing products'),
    description: say(
      '이번 방문에서 서로 다른 상품을 많이 본 사람. 고르는 것을 도와주세요.',
      'Looked at many different products in this visit: help them choose.',
    ),
    parameters: { products: times(5, MOST_DISTINCT) },
    labels: { products: say('서로 다른 상품 수 (이상)', 'Different products, at least') },
    condition: ({ products }) => rule`
      count of distinct properties.product_id over "Product Viewed" in this session >= ${products}`,
  }),
  adjustable({
    id: 'window-shoppers',
    group: 'shopping',
    name: say('구경만 하는 사람', 'Window shoppers'),
    description: say(
      '상품은 많이 보면서 아무것도 담지 않은 사람. 담게 할 첫 이유가 필요합니다.',
      'Looked at many products and put none in the cart: they lack a first reason to.',
    ),
    parameters: { views: times(10), days: windowDays(7) },
    labels: { views: labels.views, days: labels.windowDays },
    condition: ({ views, days }) => rule`
      count of "Product Viewed" in last ${days} days >= ${views}
      and count of "Product Added" in last ${days} days is 0
      and count of "Order Completed" in last ${days} days is 0`,
  }),
  fixed({
    id: 'searchers-without-result',
    group: 'shopping',
    name: say('검색했지만 찾지 못한 사람', 'Searched without a result'),
    description: say(
      '이번 방문에서 검색한 뒤 상품을 하나도 보지 않았거나, 결과가 없는 검색(results 속성이 0)을 한 사람. 비슷한 상품을 권해 보세요.',
      'Searched in this visit and looked at no product since, or had a search without results (property results is 0): suggest something close.',
    ),
    condition: () => rule`
      (
        count of "Products Searched" in this session >= 1
        and count of "Product Viewed" since last "Products Searched" is 0
      )
      or count of "Products Searched" where (properties.results is 0) in this session >= 1`,
  }),
  adjustable({
    id: 'cart-almost-free-shipping',
    group: 'shopping',
    name: say('무료배송까지 조금 남은 장바구니', 'Almost at free shipping'),
    description: say(
      '장바구니 금액이 무료배송 기준에 조금 못 미치는 사람. 얼마를 더 담으면 되는지 알려 주세요.',
      'The cart is a little short of free shipping: tell how much is missing.',
    ),
    parameters: { from: amount(20_000), to: amount(30_000), currency: currency() },
    labels: {
      from: say('금액 (이상)', 'From'),
      to: say('무료배송 기준 (미만)', 'Free shipping from (below)'),
      currency: labels.currency,
    },
    condition: (given) => rule`
      cart total in ${given.currency} from ${given.from} to below ${given.to}`,
  }),
  adjustable({
    id: 'one-plus-one-added',
    group: 'shopping',
    name: say('1+1 상품을 담은 사람', 'Added a one-plus-one product'),
    description: say(
      '이번 방문에서 1+1 같은 행사 상품을 담은 사람. 함께 살 만한 행사 상품을 더 알려 주세요.',
      'Put a product of a promotion, such as one plus one, in the cart in this visit: show more of it.',
    ),
    parameters: { promotion: word('one_plus_one') },
    labels: { promotion: say('행사 (promotion 속성)', 'Promotion (property promotion)') },
    condition: ({ promotion }) => rule`
      count of "Product Added" where (properties.promotion is ${promotion}) in this session >= 1`,
  }),
  adjustable({
    id: 'cart-abandoners',
    group: 'shopping',
    name: say('장바구니를 두고 간 사람', 'Cart abandoners'),
    description: say(
      '장바구니에 상품을 둔 채 한동안 더 담지도 주문하지도 않은 사람. 담아 둔 상품을 떠올리게 하세요.',
      'Something is in the cart, and for a while nothing was added or ordered: remind them of it.',
    ),
    parameters: { minutes: windowMinutes(60), days: windowDays(7) },
    labels: {
      minutes: say('아무 일 없는 분', 'Minutes without anything'),
      days: say('담은 지 며칠까지', 'Added in the last days'),
    },
    condition: ({ minutes, days }) => rule`
      cart quantity >= 1
      and count of "Product Added" in last ${days} days >= 1
      and count of "Product Added" in last ${minutes} minutes is 0
      and count of "Order Completed" in last ${minutes} minutes is 0`,
  }),
  adjustable({
    id: 'checkout-abandoners',
    group: 'shopping',
    name: say('주문서에서 멈춘 사람', 'Checkout abandoners'),
    description: say(
      '주문서까지 왔지만 결제하지 않고 떠난 사람. 배송비나 결제 방법에서 막혔을 수 있습니다.',
      'Reached the checkout and left without an order; shipping or payment may have been in the way.',
    ),
    parameters: { minutes: windowMinutes(60), days: windowDays(7) },
    labels: {
      minutes: say('주문서를 연 뒤 지난 분', 'Minutes since the checkout'),
      days: labels.windowDays,
    },
    condition: ({ minutes, days }) => rule`
      count of "Checkout Started" in last ${days} days >= 1
      and count of "Checkout Started" in last ${minutes} minutes is 0
      and count of "Order Completed" since last "Checkout Started" is 0`,
  }),
  adjustable({
    id: 'hesitant',
    group: 'shopping',
    name: say('담았다가 뺀 사람', 'Added and took out again'),
    description: say(
      '상품을 담았다가 주문하지 않고 곧 뺀 사람. 가격이나 크기에서 망설였을 수 있습니다.',
      'Put something in the cart and soon took it out without an order: price or size made them hesitate.',
    ),
    parameters: { minutes: withinMinutes(60) },
    labels: { minutes: labels.withinMinutes },
    condition: ({ minutes }) => rule`
      "Product Added" then "Product Removed" within ${minutes} minutes without "Order Completed"`,
  }),
  adjustable({
    id: 'wishlist-waiting',
    group: 'shopping',
    name: say('찜해 두고 사지 않은 사람', 'Waiting on a wishlist'),
    description: say(
      '최근 상품을 찜했고 그 뒤로 주문이 없는 사람. 할인이나 재입고 소식에 가장 먼저 반응합니다.',
      'Put a product on the wishlist lately and has not ordered since: the first to answer to a discount.',
    ),
    parameters: { days: windowDays(30) },
    labels: { days: labels.windowDays },
    condition: ({ days }) => rule`
      count of "Product Added to Wishlist" in last ${days} days >= 1
      and count of "Order Completed" since last "Product Added to Wishlist" is 0`,
  }),
  fixed({
    id: 'guests-with-cart',
    group: 'shopping',
    name: say('담아 두고 가입하지 않은 사람', 'Guests with a filled cart'),
    description: say(
      '장바구니에 상품이 있는 비회원. 가입 혜택이 바로 쓰일 곳이 있습니다.',
      'Guests with something in the cart, where a sign-up benefit counts at once.',
    ),
    condition: () => rule`not member and cart quantity >= 1`,
  }),
];
