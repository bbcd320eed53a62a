import { rule } from '../text/rule.ts';
import { labels, times, windowDays, word } from './parameters.ts';
import { adjustable, fixed, type Preset, say } from './preset.ts';

/** By what is known of someone as a member, or not. */
export const membershipPresets: readonly Preset[] = [
  adjustable({
    id: 'likely-to-sign-up',
    group: 'membership',
    name: say('가입할 것 같은 비회원', 'Likely to sign up'),
    description: say(
      '이번 방문에서 여러 쪽을 보고, 혜택 페이지를 읽었거나 상품을 담은 비회원. 가입을 권할 가장 좋은 때입니다.',
      'Guests who saw several pages in this visit and read about benefits or filled a cart: the best time to ask them to join.',
    ),
    parameters: { pages: times(3), benefits: word('member-benefits') },
    labels: {
      pages: labels.pages,
      benefits: say('혜택 페이지의 분류', 'Category of the benefits page'),
    },
    condition: ({ pages, benefits }) => rule`
      not member and session pages >= ${pages}
      and (
        count of page visit where (page.category is ${benefits}) in this session >= 1
        or cart quantity >= 1
      )`,
  }),
  adjustable({
    id: 'benefit-readers',
    group: 'membership',
    name: say('혜택 페이지를 읽은 비회원', 'Guests who read the benefits'),
    description: say(
      '최근 회원 혜택 페이지를 본 비회원. 관심은 있고 마지막 한 걸음이 남았습니다.',
      'Guests who saw the page of member benefits lately: interested, with one step to go.',
    ),
    parameters: { benefits: word('member-benefits'), days: windowDays(7) },
    labels: {
      benefits: say('혜택 페이지의 분류', 'Category of the benefits page'),
      days: labels.windowDays,
    },
    condition: ({ benefits, days }) => rule`
      not member
      and count of page visit where (page.category is ${benefits}) in last ${days} days >= 1`,
  }),
  fixed({
    id: 'members-without-order',
    group: 'membership',
    name: say('가입하고 사지 않은 회원', 'Members without an order'),
    description: say(
      '가입했지만 아직 한 번도 주문하지 않은 회원. 첫 구매 쿠폰이 남아 있다고 알려 주세요.',
      'Joined and never ordered: remind them of the first-order coupon.',
    ),
    condition: () => rule`member and order count is 0`,
  }),
  adjustable({
    id: 'newsletter-subscribers',
    group: 'membership',
    name: say('소식 받기에 동의한 사람', 'Newsletter subscribers'),
    description: say(
      '소식지나 광고 수신에 동의했다고 알려진 사람.',
      'Known to have agreed to a newsletter or to marketing messages.',
    ),
    parameters: { trait: word('newsletter') },
    labels: { trait: say('동의가 담긴 특성', 'Trait with the consent') },
    condition: ({ trait }) => rule`trait ${trait} is any of true, 1, "true", "yes", "y", "1"`,
  }),
  adjustable({
    id: 'birthday-soon',
    group: 'membership',
    name: say('생일이 다가오는 사람', 'Birthday soon'),
    description: say(
      '며칠 안에 생일인 사람. 축하와 함께 생일 쿠폰을 보내세요.',
      'Their birthday is within days: congratulate them, with a coupon perhaps.',
    ),
    parameters: {
      days: windowDays(7, 30),
      trait: word('birthday'),
    },
    labels: {
      days: say('며칠 안', 'Within days'),
      trait: say('생일이 담긴 특성', 'Trait with the birthday'),
    },
    condition: ({ days, trait }) => rule`trait ${trait} anniversary in ${days} days`,
  }),
];
