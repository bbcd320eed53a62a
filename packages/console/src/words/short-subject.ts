import type { Locale } from '@tenth/model/locale.ts';
import { nameProperty } from './describe-event.ts';
import { describeMinutes } from './describe-window.ts';
import { formatShare } from './format-value.ts';
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
    between: '정해진 기간',
    since_event: '다른 이벤트 이후',
  },
  en: {
    session: 'in this visit',
    ever: 'ever',
    last_minutes: 'in the last minutes',
    last_hours: 'in the last hours',
    last_days: 'in the last days',
    between: 'in a given period',
    since_event: 'since another event',
  },
};

const dimensions: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: { category: '카테고리', brand: '브랜드', product_id: '상품 번호', name: '상품명' },
  en: { category: 'category', brand: 'brand', product_id: 'product id', name: 'product name' },
};

const measures: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: {
    distinct: '가짓수',
    sum: '합계',
    mean: '평균',
    min: '최솟값',
    max: '최댓값',
    first: '첫 값',
    last: '마지막 값',
    most_frequent: '가장 잦은 값',
  },
  en: {
    distinct: 'number of different values',
    sum: 'sum',
    mean: 'average',
    min: 'smallest',
    max: 'largest',
    first: 'first',
    last: 'last',
    most_frequent: 'most frequent',
  },
};

function windowOf(window: string, locale: Locale): string {
  return windows[locale][window] ?? window;
}

function eventOf(event: string, locale: Locale): string {
  return quote(event.replace(/^track:? /, ''), locale);
}

function stepsOf(steps: string, locale: Locale): string {
  return steps
    .split(' -> ')
    .map((step) => eventOf(step, locale))
    .join(' → ');
}

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
      ko: ([event = '', window = '']) => `${windowOf(window, 'ko')} ${eventOf(event, 'ko')} 횟수`,
      en: ([event = '', window = '']) =>
        `number of ${eventOf(event, 'en')} ${windowOf(window, 'en')}`,
    },
  ],
  [
    /^(distinct|sum|mean|min|max|first|last|most_frequent)(?: of)? (\S+) of (.+) \((\w+)\)$/,
    {
      ko: ([measure = '', path = '', event = '', window = '']) =>
        `${windowOf(window, 'ko')} ${eventOf(event, 'ko')}의 ${nameProperty(path, 'ko')} ${measures.ko[measure] ?? measure}`,
      en: ([measure = '', path = '', event = '', window = '']) =>
        `${measures.en[measure] ?? measure} of ${nameProperty(path, 'en')} over ${eventOf(event, 'en')} ${windowOf(window, 'en')}`,
    },
  ],
  [
    /^days since the last (.+)$/,
    {
      ko: ([event = '']) => `마지막 ${eventOf(event, 'ko')} 후 지난 날`,
      en: ([event = '']) => `days since the last ${eventOf(event, 'en')}`,
    },
  ],
  [
    /^days with (.+) \(last (\d+)\)$/,
    {
      ko: ([event = '', days = '']) =>
        `최근 ${days}일 가운데 ${eventOf(event, 'ko')}의 기록이 있는 날`,
      en: ([event = '', days = '']) => `days with ${eventOf(event, 'en')} among the last ${days}`,
    },
  ],
  [
    /^steps of (.+) within (\d+) minutes$/,
    {
      ko: ([steps = '', minutes = '']) =>
        `${describeMinutes(Number(minutes), 'ko')} 안에 ${stepsOf(steps, 'ko')} 순서로 거친 단계`,
      en: ([steps = '', minutes = '']) =>
        `steps reached of ${stepsOf(steps, 'en')} within ${describeMinutes(Number(minutes), 'en')}`,
    },
  ],
  [
    /^confidence of (\S+) (.+)$/,
    {
      ko: ([attribute = '', value = '']) =>
        `추정한 ${quote(attribute, 'ko')} 항목이 ${quote(value, 'ko')}일 가능성`,
      en: ([attribute = '', value = '']) =>
        `confidence that ${quote(attribute, 'en')} is ${quote(value, 'en')}`,
    },
  ],
  [
    /^variable (\S+)$/,
    {
      ko: ([variable = '']) => `변수 ${quote(variable, 'ko')}`,
      en: ([variable = '']) => `variable ${quote(variable, 'en')}`,
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
  [
    /^share ([\d.e-]+) to ([\d.e-]+) of (.+)$/,
    {
      ko: ([from = '', to = '']) => `무작위로 고른 전체의 ${part(from, to, 'ko')}`,
      en: ([from = '', to = '']) => `a random ${part(from, to, 'en')} of all people`,
    },
  ],
  [
    /^(.+?) -> (.+?) within (\d+) minutes(?: without (.+))?$/,
    {
      ko: ([first = '', next = '', minutes = '', without = '']) =>
        `${eventOf(first, 'ko')} 후 ${describeMinutes(Number(minutes), 'ko')} 안에 ${eventOf(next, 'ko')}${
          without === '' ? '' : `, 그 사이 ${eventOf(without, 'ko')} 없음`
        }`,
      en: ([first = '', next = '', minutes = '', without = '']) =>
        `${eventOf(next, 'en')} within ${describeMinutes(Number(minutes), 'en')} after ${eventOf(first, 'en')}${
          without === '' ? '' : `, without ${eventOf(without, 'en')} in between`
        }`,
    },
  ],
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

function part(from: string, to: string, locale: Locale): string {
  return formatShare(Math.max(0, Number(to) - Number(from)), locale, 4);
}

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
