import { brands } from '../catalogue/brands.ts';
import { products } from '../catalogue/catalogue.ts';
import { shopName } from '../offers.ts';

/** What products are called in short, as people type it into a search box. */
const shortNames = [
  [
    '린넨 셔츠',
    '옥스퍼드 셔츠',
    '체크 셔츠',
    '무지 티셔츠',
    '케이블 니트',
    '치노 팬츠',
    '셀비지 데님',
  ],
  ['linen shirt', 'oxford shirt', 'check shirt', 'plain tee', 'cable knit', 'chino', 'selvedge'],
  ['워크 재킷', '트렌치코트', '플리츠 스커트', '린넨 원피스', '카디건', '토트백', '볼캡'],
  ['chore jacket', 'trench coat', 'pleated skirt', 'linen dress', 'cardigan', 'tote', 'ball cap'],
  ['캔들', '쿠션', '달항아리', '머그', '무쇠 냄비', '드립 주전자', '도마', '텀블러'],
  ['candle', 'cushion', 'moon jar', 'mug', 'cast-iron pot', 'kettle', 'tumbler'],
  [
    '세럼',
    '선크림',
    '핸드크림',
    '요가 매트',
    '러닝 양말',
    '만년필',
    '플래너',
    '아카시아 꿀',
    '보리차',
  ],
  [
    'serum',
    'sun cream',
    'hand cream',
    'yoga mat',
    'fountain pen',
    'planner',
    'honey',
    'barley tea',
  ],
].flat();

/** Keywords that show someone was looking for just what this shop sells. */
export const ownSearchWords: readonly string[] = [
  ...new Set([
    shopName.ko,
    shopName.en,
    ...Object.values(brands).flatMap((brand) => [brand.name.ko, brand.name.en]),
    ...shortNames,
    ...products.flatMap((product) => [product.name.ko, product.name.en]),
  ]),
];
