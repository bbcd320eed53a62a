import type { CampaignInput } from '@tenth/model/campaign.ts';
import { welcomeCoupon } from '../offers.ts';
import { ownSearchWords } from './search-words.ts';
import { close, link, only, say, signUpGoal } from './wording.ts';

const coupon = {
  code: welcomeCoupon.code,
  label: say('첫 구매 5,000원 할인 (2만 원 이상)', '₩5,000 off a first order from ₩20,000'),
};

/** For people who do not know the shop yet, or came back without an account. */
export const newcomerCampaigns: CampaignInput[] = [
  {
    id: 'first-visit-portal-fourth-page',
    name: say('포털 첫 방문, 네 번째 페이지', 'First visit from the portal, fourth page'),
    description: say(
      '처음 와서 네 쪽이나 본 사람은 마음이 있다. 그때 가입 혜택을 알린다.',
      'Four pages on a first visit show interest; that is the moment for the benefit.',
    ),
    status: 'live',
    trigger: { kind: 'page_count', pages: 4 },
    audience: {
      kind: 'all',
      of: [
        { kind: 'visitor', is: 'new' },
        { kind: 'member', is: false },
        { kind: 'channel_in', channels: ['organic_search', 'portal'] },
      ],
    },
    format: { kind: 'modal', fullScreenOnPhones: true },
    priority: 700,
    variants: only({
      title: say('둘러보시는 김에, 5,000원 먼저 챙기세요', 'While you look around: ₩5,000 for you'),
      body: say(
        '지금 가입하면 첫 구매에 바로 쓸 수 있어요. 이메일과 이름, 두 칸이면 끝나요.',
        'Join now and use it on your first order. An email and a name are all it takes.',
      ),
      image: {
        url: say('/img/banner-home.svg', '/img/banner-home.svg'),
        alt: say('달항아리와 무쇠 냄비, 램프', 'A moon jar, an iron pot and a lamp'),
      },
      coupon,
      actions: [
        link('1분 만에 가입하기', 'Join in a minute', '/signup'),
        close('조금 더 볼게요', 'Not now'),
      ],
    }),
    caps: { session: 1, week: 2 },
    goal: signUpGoal,
  },
  {
    id: 'ad-promised-benefit',
    name: say('광고에서 약속한 혜택', 'The benefit the ad promised'),
    description: say(
      '가입 혜택 광고를 누르고 온 사람에게 첫 화면에서 바로 그 약속을 보여 준다.',
      'Whoever clicked the sign-up ad sees its promise kept on the first page.',
    ),
    status: 'live',
    trigger: { kind: 'page_count', pages: 1 },
    audience: {
      kind: 'all',
      of: [
        { kind: 'visitor', is: 'new' },
        { kind: 'member', is: false },
        { kind: 'session', field: 'content', test: { op: 'contains', value: 'signup-benefit' } },
        {
          kind: 'any',
          of: [
            { kind: 'session', field: 'medium', test: { op: 'is', value: 'cpc' } },
            {
              kind: 'channel_in',
              channels: ['paid_search', 'paid_shopping', 'paid_social', 'paid_other', 'display'],
            },
          ],
        },
      ],
    },
    format: { kind: 'modal', fullScreenOnPhones: false },
    priority: 800,
    variants: only({
      title: say('광고에서 보신 5,000원, 여기 있어요', 'Here is the ₩5,000 you came for'),
      body: say(
        '가입하면 쿠폰이 장바구니에 바로 들어가요. 2만 원 이상 첫 구매에 쓸 수 있어요.',
        'Join and the coupon goes straight into your cart, for a first order from ₩20,000.',
      ),
      coupon,
      actions: [
        link('쿠폰 받고 시작하기', 'Get the coupon', '/signup'),
        close('먼저 둘러보기', 'Look around first'),
      ],
    }),
    caps: { session: 1, week: 2 },
    goal: signUpGoal,
  },
  {
    id: 'searched-brand-or-product',
    name: say('브랜드나 상품을 검색해서 온 사람', 'Searched for a brand or product'),
    description: say(
      '무엇을 찾는지 알고 온 첫 방문자에게, 찾던 것에 쓸 수 있는 혜택을 조용히 알린다.',
      'First-time visitors who know what they want: a quiet hint at the benefit for it.',
    ),
    status: 'live',
    trigger: { kind: 'page_count', pages: 1 },
    audience: {
      kind: 'all',
      of: [
        { kind: 'visitor', is: 'new' },
        { kind: 'member', is: false },
        {
          kind: 'session',
          field: 'keyword',
          test: { op: 'contains_any', values: [...ownSearchWords] },
        },
      ],
    },
    format: { kind: 'slide_in', corner: 'bottom_right' },
    priority: 600,
    variants: only({
      title: say(
        '찾으시던 ‘{{ session.keyword }}’, 여기 있어요',
        'Looking for “{{ session.keyword }}”?',
      ),
      body: say(
        '첫 구매라면 5,000원 가볍게 시작하세요.',
        'It is here, and your first order is ₩5,000 lighter.',
      ),
      actions: [link('혜택 보기', 'See the benefit', '/benefits'), close('닫기', 'Close')],
    }),
    caps: { session: 1, week: 2 },
    goal: signUpGoal,
  },
  {
    id: 'returning-phone-landing',
    name: say('휴대폰으로 다시 온 비회원', 'Back on a phone, not a member'),
    description: say(
      '상품, 비교함, 장바구니로 곧장 돌아온 사람은 고민 중이다.',
      'Landing straight on a product, the comparison or the cart means they are deciding.',
    ),
    status: 'live',
    trigger: { kind: 'page_count', pages: 1 },
    audience: {
      kind: 'all',
      of: [
        { kind: 'visitor', is: 'returning' },
        { kind: 'member', is: false },
        { kind: 'device_in', devices: ['phone'] },
        {
          kind: 'session',
          field: 'landing_category',
          test: { op: 'in', values: ['product', 'compare', 'cart'] },
        },
      ],
    },
    format: { kind: 'slide_in', corner: 'bottom_right' },
    priority: 600,
    variants: only({
      title: say('다시 오셨네요, 반가워요', 'Good to see you again'),
      body: say(
        '고민하던 그 상품, 가입하면 5,000원 싸게 살 수 있어요.',
        'The one you were thinking about is ₩5,000 less for members.',
      ),
      actions: [link('가입하고 할인받기', 'Join and save', '/signup'), close('닫기', 'Close')],
    }),
    caps: { session: 1, week: 3 },
    goal: signUpGoal,
  },
  {
    id: 'member-benefits-non-member',
    name: say('혜택 페이지를 읽는 비회원', 'Reading the benefits without being a member'),
    status: 'live',
    trigger: {
      kind: 'event',
      event: {
        type: 'page',
        where: [{ path: 'page.category', test: { op: 'is', value: 'member-benefits' } }],
      },
    },
    audience: { kind: 'member', is: false },
    format: { kind: 'slide_in', corner: 'bottom_right' },
    priority: 650,
    variants: only({
      title: say('이 혜택, 오늘부터 쓰세요', 'Start with these benefits today'),
      body: say(
        '{% if cart.quantity > 0 %}담아 둔 {{ cart.quantity }}개에도 바로 적용돼요.{% else %}가입은 1분이면 충분해요.{% endif %}',
        '{% if cart.quantity > 0 %}They count for the {{ cart.quantity }} in your cart, too.{% else %}Joining takes a minute.{% endif %}',
      ),
      actions: [link('가입하기', 'Join', '/signup')],
    }),
    caps: { session: 1, day: 2 },
    goal: signUpGoal,
  },
  {
    id: 'checkout-non-member',
    name: say('주문서까지 온 비회원', 'A guest at the checkout'),
    status: 'live',
    trigger: { kind: 'event', event: { type: 'track', name: 'Checkout Started' } },
    audience: { kind: 'member', is: false },
    format: { kind: 'slide_in', corner: 'bottom_left' },
    priority: 750,
    variants: only({
      title: say('결제 전에 5,000원 빼고 가세요', 'Take ₩5,000 off before you pay'),
      body: say(
        '지금 주문 {{ event.properties.value | money }}, 가입하고 2만 원 이상 사면 바로 할인돼요.',
        'Your order is {{ event.properties.value | money }}. Members save at once from ₩20,000.',
      ),
      actions: [
        link('가입하고 할인받기', 'Join and save', '/signup'),
        close('비회원으로 계속', 'Go on as a guest'),
      ],
    }),
    caps: { session: 1, day: 2 },
    goal: signUpGoal,
  },
];
