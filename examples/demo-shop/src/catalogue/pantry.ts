import { type Product, sizes } from './product.ts';

export const pantry: readonly Product[] = [
  {
    id: 'acacia-honey',
    category: 'pantry/jars',
    brand: 'ongreut',
    name: { ko: '아카시아 꿀 500 g', en: 'Acacia honey 500 g' },
    priceWon: 24_000,
    options: sizes.single,
    description: {
      ko: '맑고 은은한 꽃향. 요거트에도 차에도 어울립니다.',
      en: 'Clear and floral, for yoghurt and for tea.',
    },
    picture: { kind: 'foodJar', colour: '#e0962c', accent: '#e9dcc0', ground: 'butter' },
  },
  {
    id: 'strawberry-jam',
    category: 'pantry/jars',
    brand: 'ongreut',
    name: { ko: '딸기 반 설탕 적게 잼', en: 'Half-sugar strawberry jam' },
    priceWon: 12_000,
    promotion: 'one_plus_one',
    options: sizes.single,
    description: {
      ko: '알맹이가 보이도록 뭉근히 졸인, 덜 단 딸기잼입니다.',
      en: 'Slowly cooked with whole berries and less sugar.',
    },
    picture: { kind: 'foodJar', colour: '#b93a34', accent: '#f0e2d0', ground: 'blush' },
  },
  {
    id: 'barley-tea',
    category: 'pantry/tea',
    brand: 'ongreut',
    name: { ko: '볶은 보리차 30개입', en: 'Roasted barley tea, 30 bags' },
    priceWon: 8_000,
    options: sizes.single,
    description: {
      ko: '세 번 볶아 구수합니다. 찬물에도 잘 우러납니다.',
      en: 'Roasted three times; steeps in cold water too.',
    },
    picture: { kind: 'paperBag', colour: '#c9a67a', accent: '#c9572c', ground: 'sand' },
  },
  {
    id: 'morning-coffee',
    category: 'pantry/coffee',
    brand: 'ongreut',
    name: { ko: '아침 원두 200 g', en: 'Morning coffee beans 200 g' },
    priceWon: 16_000,
    listPriceWon: 19_000,
    options: sizes.single,
    description: {
      ko: '고소한 견과와 귤 향. 주문을 받고 볶습니다.',
      en: 'Nuts and tangerine, roasted when you order.',
    },
    picture: { kind: 'paperBag', colour: '#4d3a2e', accent: '#e2b04a', ground: 'linen' },
  },
];
