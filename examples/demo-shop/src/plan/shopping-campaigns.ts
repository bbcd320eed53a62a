import type { CampaignInput } from '@tenth/model/campaign.ts';
import { freeShippingFromWon } from '../offers.ts';
import { link, only, orderGoal, say } from './wording.ts';

/** For people who are shopping: the cart, the promotion, the right front page. */
export const shoppingCampaigns: CampaignInput[] = [
  {
    id: 'almost-free-shipping',
    name: say('무료배송까지 조금', 'Almost free shipping'),
    description: say(
      '장바구니가 2만 원에서 3만 원 사이일 때, 얼마를 더 담으면 되는지 알린다.',
      'Between ₩20,000 and ₩30,000 in the cart: how much is missing.',
    ),
    status: 'live',
    trigger: { kind: 'cart_band', currency: 'KRW', from: 20_000, to: freeShippingFromWon },
    keepWhile: {
      kind: 'cart_total',
      currency: 'KRW',
      test: { op: 'between', from: 20_000, to: freeShippingFromWon },
    },
    format: { kind: 'bottom_bar' },
    priority: 550,
    variants: only({
      title: say(
        '{{ 30000 | minus: cart.total | money }} 더 담으면 무료배송',
        '{{ 30000 | minus: cart.total | money }} more and shipping is free',
      ),
      progress: {
        value: '{{ cart.total }}',
        max: freeShippingFromWon,
        label: say('지금 {{ cart.total | money }}', '{{ cart.total | money }} so far'),
      },
      actions: [link('가볍게 더 담기', 'Add something small', '/c/pantry')],
    }),
    caps: { session: 1 },
    goal: orderGoal,
  },
  {
    id: 'one-plus-one-added',
    name: say('1+1 상품을 담았을 때', 'A one-plus-one product was added'),
    status: 'live',
    trigger: {
      kind: 'event',
      event: {
        type: 'track',
        name: 'Product Added',
        where: [{ path: 'properties.promotion', test: { op: 'is', value: 'one_plus_one' } }],
      },
    },
    format: { kind: 'slide_in', corner: 'bottom_right' },
    priority: 500,
    variants: only({
      title: say('하나 더 드려요, 1+1', 'And one more for free: 1+1'),
      body: say(
        '‘{{ event.properties.name }}’ 하나 값으로 두 개를 보내 드려요. 따로 더 담지 않아도 돼요.',
        'Pay for one “{{ event.properties.name }}” and we send two. No need to add another.',
      ),
      image: {
        url: say('{{ event.properties.image_url }}', '{{ event.properties.image_url }}'),
        alt: say('{{ event.properties.name }}', '{{ event.properties.name }}'),
      },
      actions: [
        link('장바구니 보기', 'View cart', '/cart'),
        { ...link('1+1 더 보기', 'More 1+1', '/search?q=1%2B1'), style: 'secondary' },
      ],
    }),
    caps: { session: 3 },
    goal: orderGoal,
  },
  {
    id: 'mens-home-banner',
    name: say('남성복을 좋아하는 사람의 첫 화면', 'Front page for menswear lovers'),
    description: say(
      '남성복에 관심이 모인 사람에게는 첫 화면의 배너를 남성복으로 바꾼다.',
      'Whoever is drawn to menswear finds it in the front-page banner.',
    ),
    status: 'live',
    trigger: {
      kind: 'event',
      event: {
        type: 'page',
        where: [{ path: 'page.category', test: { op: 'is', value: 'home' } }],
      },
    },
    audience: {
      kind: 'all',
      of: [
        {
          kind: 'affinity',
          dimension: 'category',
          key: 'men',
          measure: 'share',
          test: { op: 'gte', value: 0.5 },
        },
        {
          kind: 'affinity',
          dimension: 'category',
          key: 'men',
          measure: 'score',
          test: { op: 'gte', value: 3 },
        },
      ],
    },
    format: { kind: 'inline', placement: 'home-hero', position: 'replace' },
    priority: 500,
    variants: only({
      image: {
        url: say('/img/banner-men.svg', '/img/banner-men.svg'),
        alt: say('워크 재킷과 셔츠, 데님', 'A chore jacket, a shirt and denim'),
      },
      title: say('요즘 눈여겨보신 남성복', 'The menswear you have been looking at'),
      body: say(
        '기본을 단단하게. 재킷부터 셔츠, 데님까지 모았어요.',
        'Basics made solid: jackets, shirts and denim in one place.',
      ),
      actions: [link('남성복 보러 가기', 'See menswear', '/c/men')],
    }),
    caps: { session: 50 },
    countsTowardsPersonCaps: false,
    goal: orderGoal,
  },
];
