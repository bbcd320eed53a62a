import type { Test } from '@tenth/model/condition.ts';
import type { Json } from '@tenth/model/json.ts';
import type { Locale } from '@tenth/model/locale.ts';
import { describeTest, type ShowValue } from './describe-test.ts';
import { formatMoment } from './format-time.ts';
import { formatAmount, formatCount, formatShare } from './format-value.ts';
import { nameChannel, nameDevice, quote } from './names.ts';
import { readClaim, readSubject } from './short-subject.ts';

/**
 * The engine tells a failed condition in short, `session channel in organic_search, portal`. Here
 * such a text is read back into a subject and a test, and both get their words. Whatever is not
 * recognised stays as it came, so that a newer engine is never told wrongly.
 */

export interface ShortWords {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly segmentNames: ReadonlyMap<string, string>;
}

const testPatterns: readonly (readonly [RegExp, (found: readonly string[]) => Test])[] = [
  [/^(.+) is there$/, () => ({ op: 'exists' })],
  [/^(.+) is missing$/, () => ({ op: 'missing' })],
  [
    /^(.+) from (-?[\d.]+) to below (-?[\d.]+)$/,
    ([from = '', to = '']) => ({ op: 'between', from: Number(from), to: Number(to) }),
  ],
  [/^(.+) >= (-?[\d.]+)$/, ([value = '']) => ({ op: 'gte', value: Number(value) })],
  [/^(.+) <= (-?[\d.]+)$/, ([value = '']) => ({ op: 'lte', value: Number(value) })],
  [/^(.+) > (-?[\d.]+)$/, ([value = '']) => ({ op: 'gt', value: Number(value) })],
  [/^(.+) < (-?[\d.]+)$/, ([value = '']) => ({ op: 'lt', value: Number(value) })],
  [/^(.+?) is not (.+)$/, ([value = '']) => ({ op: 'is_not', value: plain(value) })],
  [/^(.+?) not in (.+)$/, ([list = '']) => ({ op: 'not_in', values: list.split(', ').map(plain) })],
  [
    /^(.+?) contains any of (.+)$/,
    ([list = '']) => ({ op: 'contains_any', values: list.split(', ') }),
  ],
  [/^(.+?) contains (.+)$/, ([value = '']) => ({ op: 'contains', value })],
  [/^(.+?) starts with (.+)$/, ([value = '']) => ({ op: 'starts_with', value })],
  [/^(.+?) ends with (.+)$/, ([value = '']) => ({ op: 'ends_with', value })],
  [/^(.+?) is (.+)$/, ([value = '']) => ({ op: 'is', value: plain(value) })],
  [/^(.+?) in (.+)$/, ([list = '']) => ({ op: 'in', values: list.split(', ').map(plain) })],
];

/** Numbers were written without quotes, so they come back as numbers. */
function plain(text: string): string | number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

interface ShortTest {
  readonly subject: string;
  readonly test: Test;
}

function readTest(short: string): ShortTest | undefined {
  for (const [pattern, make] of testPatterns) {
    const [, subject, ...found] = pattern.exec(short) ?? [];
    if (subject !== undefined) {
      return { subject, test: make(found) };
    }
  }
  return undefined;
}

export function readShortCondition(short: string, words: ShortWords): string {
  const { locale } = words;
  const claim = readClaim(short, locale, words.segmentNames);
  if (claim !== undefined) {
    return claim;
  }
  const moment = /^(from|until) (\d{4}-\S+)$/.exec(short);
  if (moment?.[2] !== undefined) {
    const at = formatMoment(moment[2], locale, words.timeZone);
    const isStart = moment[1] === 'from';
    return locale === 'ko'
      ? `${at} ${isStart ? '이후' : '이전'}`
      : `${isStart ? 'from' : 'until'} ${at}`;
  }
  const read = readTest(short);
  const subject = read === undefined ? undefined : readSubject(read.subject, locale);
  if (read === undefined || subject === undefined) {
    return short;
  }
  return describeTest(subject, read.test, { locale, show: showFor(read.subject, locale) });
}

const weekdays = {
  ko: ['월요일', '화요일', '수요일', '목요일', '금요일', '토요일', '일요일'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** How values of this subject read: money, channels, weekdays … */
function showFor(subject: string, locale: Locale): ShowValue {
  const currency = /^cart total ([A-Z]{3})$/.exec(subject)?.[1];
  if (currency !== undefined) {
    return (value) => formatAmount(Number(value), currency, locale);
  }
  if (subject.startsWith('affinity share')) {
    return (value) => formatShare(Number(value), locale);
  }
  if (subject === 'weekday') {
    return (value) => weekdays[locale][Number(value) - 1] ?? String(value);
  }
  if (subject === 'hour') {
    return (value) => (locale === 'ko' ? `${value}시` : `${value}:00`);
  }
  if (subject === 'session channel') {
    return (value) => nameChannel(String(value), locale);
  }
  if (subject === 'session device') {
    return (value) => nameDevice(String(value), locale);
  }
  return (value) =>
    typeof value === 'number' ? formatCount(value, locale) : quote(String(value), locale);
}

/** The value that was found instead. Undefined where there was none, or where it only says no. */
export function showSeen(saw: Json, short: string, words: ShortWords): string | undefined {
  const { locale } = words;
  if (saw === null || saw === '' || typeof saw === 'boolean') {
    return undefined;
  }
  if (typeof saw === 'number' && /^(from|until) \d{4}-/.test(short)) {
    return formatMoment(new Date(saw).toISOString(), locale, words.timeZone);
  }
  if (Array.isArray(saw)) {
    const shown = saw.map((one) => showSeen(one, short, words)).filter((one) => one !== undefined);
    return shown.length === 0 ? undefined : shown.join(', ');
  }
  if (typeof saw === 'object') {
    return JSON.stringify(saw);
  }
  return showFor(readTest(short)?.subject ?? '', locale)(saw);
}
