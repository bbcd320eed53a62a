import type { segment } from '@tenth/model/segment.ts';
import { say } from './wording.ts';

export type SegmentInput = (typeof segment)['_zod']['input'];

export const demoSegments: SegmentInput[] = [
  {
    id: 'returning-visitors',
    name: say('다시 온 방문자', 'Returning visitors'),
    description: say('두 번째 방문부터', 'From the second session on'),
    condition: { kind: 'visitor', is: 'returning' },
  },
  {
    id: 'cart-from-20000',
    name: say('장바구니 2만 원 이상', 'Cart from ₩20,000'),
    condition: { kind: 'cart_total', currency: 'KRW', test: { op: 'gte', value: 20_000 } },
  },
  {
    id: 'menswear-lovers',
    name: say('남성복에 관심이 큰 사람', 'Drawn to menswear'),
    description: say(
      '본 것, 담은 것, 산 것의 절반 이상이 남성복',
      'At least half of the interest goes to menswear',
    ),
    condition: {
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
  },
  {
    id: 'buyers',
    name: say('구매한 적이 있는 사람', 'Buyers'),
    condition: { kind: 'orders', measure: 'count', test: { op: 'gte', value: 1 } },
  },
  {
    id: 'portal-newcomers',
    name: say('포털로 처음 온 비회원', 'Newcomers from the portal'),
    condition: {
      kind: 'all',
      of: [
        { kind: 'visitor', is: 'new' },
        { kind: 'member', is: false },
        { kind: 'channel_in', channels: ['organic_search', 'portal'] },
      ],
    },
  },
  {
    id: 'hesitant-guests',
    name: say('담아 두고 아직 가입하지 않은 사람', 'Guests with a filled cart'),
    condition: {
      kind: 'all',
      of: [
        { kind: 'member', is: false },
        { kind: 'cart_quantity', test: { op: 'gte', value: 1 } },
      ],
    },
  },
];
