import type { Locale } from '@tenth/model/locale.ts';
import { nameSessionField, quote } from './names.ts';

type Phrase = (found: readonly string[]) => string;
type Patterns = readonly (readonly [RegExp, Readonly<Record<Locale, Phrase>>])[];

const same = (ko: string, en: string): Readonly<Record<Locale, Phrase>> => ({
  ko: () => ko,
  en: () => en,
});

const windows: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: {
    session: '이번 방문',
    ever: '지금까지',
    last_minutes: '최근 몇 분',
    last_hours: '최근 몇 시간',
    last_days: '최근 며칠',
  },
  en: {
    session: 'in this visit',
    ever: 'ever',
    last_minutes: 'in the last minutes',
    last_hours: 'in the last hours',
    last_days: 'in the last days',
  },
};

const dimensions: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: { category: '카테고리', brand: '브랜드', product_id: '상품 번호', name: '상품명' },
  en: { category: 'category', brand: 'brand', product_id: 'product id', name: 'product name' },
};

const subjects: Patterns = [
  [
    /^session (\w+)$/,
    {
      ko: ([field = '']) => nameSessionField(field, 'ko'),
      en: ([field = '']) => nameSessionField(field, 'en'),
    },
  ],
  [/^trait (.+)$/, { ko: ([name = '']) => `특성 ${name}`, en: ([name = '']) => `trait ${name}` }],
  [/^cart total [A-Z]{3}$/, same('장바구니 금액', 'cart total')],
  [/^cart quantity$/, same('장바구니 상품 수', 'items in the cart')],
  [
    /^product in the cart: (\w+)$/,
    {
      ko: ([field = '']) => `장바구니 상품의 ${dimensions.ko[field] ?? field}`,
      en: ([field = '']) => `${dimensions.en[field] ?? field} of a product in the cart`,
    },
  ],
  [/^pages of the session$/, same('이번 방문에서 본 페이지 수', 'pages seen in this visit')],
  [/^sessions$/, same('방문 횟수', 'number of visits')],
  [/^orders count$/, same('주문 횟수', 'number of orders')],
  [/^orders total$/, same('누적 구매 금액', 'amount spent so far')],
  [/^orders days_since_last$/, same('마지막 주문 후 지난 날', 'days since the last order')],
  [/^weekday$/, same('요일', 'weekday')],
  [/^hour$/, same('시각', 'hour')],
  [
    /^affinity (share|score) of (\w+) (.+)$/,
    {
      ko: ([measure, dimension = '', key = '']) =>
        `${dimensions.ko[dimension] ?? dimension} ${quote(key, 'ko')}의 관심 ${measure === 'share' ? '비중' : '점수'}`,
      en: ([measure = '', dimension = '', key = '']) =>
        `interest ${measure} of ${dimension} ${quote(key, 'en')}`,
    },
  ],
  [
    /^count of (.+) \((\w+)\)$/,
    {
      ko: ([event = '', window = '']) =>
        `${windows.ko[window] ?? window} ${quote(event.replace(/^track:? /, ''), 'ko')} 횟수`,
      en: ([event = '', window = '']) =>
        `number of ${quote(event.replace(/^track:? /, ''), 'en')} ${windows.en[window] ?? window}`,
    },
  ],
  [
    /^(?:event )?page\.(category|path|title|name|url)$/,
    {
      ko: ([field = '']) =>
        `페이지 ${{ category: '분류', path: '경로', title: '제목', name: '이름', url: '주소' }[field] ?? field}`,
      en: ([field = '']) => `page ${field}`,
    },
  ],
  [
    /^(?:event )?(?:properties|context)\.(\S+)$/,
    { ko: ([name = '']) => name, en: ([name = '']) => name },
  ],
];

const claims: Patterns = [
  [/^visitor is new$/, same('첫 방문자', 'a new visitor')],
  [/^visitor is returning$/, same('재방문자', 'a returning visitor')],
  [/^is a member$/, same('회원', 'a member')],
  [/^is no member$/, same('비회원', 'someone who is not a member')],
  [/^exit intent$/, same('페이지를 떠나려는 순간', 'the moment of leaving the page')],
  [
    /^page (\d+) of the session$/,
    {
      ko: ([page = '']) => `방문 중 ${page}번째 페이지`,
      en: ([page = '']) => `page ${page} of the visit`,
    },
  ],
];

function readBy(patterns: Patterns, text: string, locale: Locale): string | undefined {
  for (const [pattern, phrases] of patterns) {
    const found = pattern.exec(text);
    if (found !== null) {
      return phrases[locale](found.slice(1));
    }
  }
  return undefined;
}

/** The name of what was tested; undefined where it is not known here. */
export function readSubject(subject: string, locale: Locale): string | undefined {
  return readBy(subjects, subject, locale);
}

/** Conditions that are a plain yes or no. */
export function readClaim(
  short: string,
  locale: Locale,
  segmentNames: ReadonlyMap<string, string>,
): string | undefined {
  const [, sign, id] = /^(in|not in|not) segment (\S+)$/.exec(short) ?? [];
  if (id !== undefined) {
    const name = quote(segmentNames.get(id) ?? id, locale).slice(1, -1);
    const isIn = sign === 'in';
    return locale === 'ko'
      ? `세그먼트 ${name}에 ${isIn ? '속한' : '속하지 않은'} 사람`
      : `someone ${isIn ? '' : 'not '}in segment ${name}`;
  }
  return readBy(claims, short, locale);
}
