import type { Json } from '@tenth/model/json';
import type { Locale } from '@tenth/model/locale';
import { formatCount, formatShare } from './format-value.ts';
import { withParticle } from './korean-particle.ts';
import { listChoices, nameChannel, nameDevice, nameSessionField, quote } from './names.ts';

/**
 * The engine tells a failed condition in short, `session.channel in organic_search, portal`. Here
 * its common subjects and tests get their words; whatever is not recognised stays as it came.
 */

const subjects: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: {
    'cart.total': '장바구니 금액',
    'cart.quantity': '장바구니 상품 수',
    cart_total: '장바구니 금액',
    cart_quantity: '장바구니 상품 수',
    'session.pages': '이번 방문에서 본 페이지 수',
    session_pages: '이번 방문에서 본 페이지 수',
    sessions: '방문 횟수',
    visitor: '방문자 구분',
    member: '회원 여부',
    device: '기기',
    channel: '유입 채널',
    'orders.count': '주문 횟수',
    'orders.total': '누적 구매 금액',
    'orders.days_since_last': '마지막 주문 후 지난 날',
    hour: '시각',
    hours: '시간대',
    weekday: '요일',
    weekdays: '요일',
    startsAt: '시작일',
    endsAt: '종료일',
  },
  en: {
    'cart.total': 'cart total',
    'cart.quantity': 'items in the cart',
    cart_total: 'cart total',
    cart_quantity: 'items in the cart',
    'session.pages': 'pages seen in this visit',
    session_pages: 'pages seen in this visit',
    sessions: 'number of visits',
    visitor: 'kind of visitor',
    member: 'membership',
    device: 'device',
    channel: 'channel',
    'orders.count': 'number of orders',
    'orders.total': 'amount spent so far',
    'orders.days_since_last': 'days since the last order',
    hour: 'hour',
    hours: 'hours',
    weekday: 'weekday',
    weekdays: 'weekdays',
    startsAt: 'start',
    endsAt: 'end',
  },
};

const values: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  ko: { new: '첫 방문', returning: '재방문', true: '예', false: '아니요' },
  en: { new: 'new', returning: 'returning', true: 'yes', false: 'no' },
};

function nameSubject(subject: string, locale: Locale): string {
  const known = subjects[locale][subject];
  if (known !== undefined) {
    return known;
  }
  const field = /^session\.(\w+)$/.exec(subject)?.[1];
  if (field !== undefined) {
    return nameSessionField(field, locale);
  }
  return subject.replace(/^(properties|traits?|event)\./, '');
}

function showWord(word: string, subject: string, locale: Locale): string {
  if (/^-?\d+(\.\d+)?$/.test(word)) {
    const amount = Number(word);
    return subject.includes('share') ? formatShare(amount, locale) : formatCount(amount, locale);
  }
  if (subject.endsWith('channel')) {
    return nameChannel(word, locale);
  }
  if (subject.endsWith('device')) {
    return nameDevice(word, locale);
  }
  return values[locale][word] ?? word;
}

const operators: readonly (readonly [
  RegExp,
  Readonly<Record<Locale, (it: string, value: string) => string>>,
])[] = [
  [
    /^(?:>=|gte)$/,
    {
      ko: (it, value) => `${withParticle(it, '이/가')} ${value} 이상`,
      en: (it, value) => `${it} of at least ${value}`,
    },
  ],
  [
    /^(?:<=|lte)$/,
    {
      ko: (it, value) => `${withParticle(it, '이/가')} ${value} 이하`,
      en: (it, value) => `${it} of at most ${value}`,
    },
  ],
  [
    /^(?:>|gt)$/,
    {
      ko: (it, value) => `${withParticle(it, '이/가')} ${value} 초과`,
      en: (it, value) => `${it} over ${value}`,
    },
  ],
  [
    /^(?:<|lt)$/,
    {
      ko: (it, value) => `${withParticle(it, '이/가')} ${value} 미만`,
      en: (it, value) => `${it} under ${value}`,
    },
  ],
  [
    /^(?:=|==|is|in)$/,
    {
      ko: (it, value) => `${withParticle(it, '이/가')} ${value}`,
      en: (it, value) => `${it} ${value}`,
    },
  ],
  [
    /^(?:!=|is_not|not_in)$/,
    {
      ko: (it, value) => `${withParticle(it, '이/가')} ${withParticle(value, '이/가')} 아님`,
      en: (it, value) => `${it} other than ${value}`,
    },
  ],
  [
    /^(?:contains|contains_any)$/,
    {
      ko: (it, value) => `${it}에 ${withParticle(value, '이/가')} 들어 있음`,
      en: (it, value) => `${it} containing ${value}`,
    },
  ],
  [
    /^starts_with$/,
    {
      ko: (it, value) => `${withParticle(it, '이/가')} ${withParticle(value, '으로/로')} 시작`,
      en: (it, value) => `${it} starting with ${value}`,
    },
  ],
];

export function readShortCondition(short: string, locale: Locale): string {
  const [, subject, operator, rest] = /^(\S+) (\S+) (.+)$/.exec(short) ?? [];
  if (subject === undefined || operator === undefined || rest === undefined) {
    return short;
  }
  const words = operators.find(([pattern]) => pattern.test(operator))?.[1];
  if (words === undefined) {
    return short;
  }
  const shown = rest.split(', ').map((word) => showWord(word, subject, locale));
  return words[locale](nameSubject(subject, locale), listChoices(shown, locale));
}

/** The value that was found instead, or the empty string where there was none. */
export function showSeen(saw: Json, short: string, locale: Locale): string {
  if (saw === null || saw === '') {
    return '';
  }
  const subject = short.split(' ')[0] ?? '';
  if (Array.isArray(saw)) {
    return saw.length === 0 ? '' : saw.map((one) => showSeen(one, short, locale)).join(', ');
  }
  if (typeof saw === 'object') {
    return JSON.stringify(saw);
  }
  const shown = showWord(String(saw), subject, locale);
  return typeof saw === 'string' && shown === saw ? quote(saw, locale) : shown;
}
