import { parseCondition } from '@tenth/engine/text/parse-condition.ts';
import { ConditionSyntaxError } from '@tenth/engine/text/syntax-error.ts';
import type { Condition } from '@tenth/model/condition.ts';
import type { Json } from '@tenth/model/json.ts';
import type { Locale } from '@tenth/model/locale.ts';
import type { Test } from '@tenth/model/value-test.ts';
import { describeCondition } from './describe-condition.ts';
import { showFound } from './describe-leaf.ts';
import { describeTest, type ShowValue, showPlain } from './describe-test.ts';
import { formatMoment } from './format-time.ts';
import { formatAmount, formatShare } from './format-value.ts';
import { nameChannel, nameDevice, nameWeekday } from './names.ts';
import { readClaim, readSubject } from './short-subject.ts';

/**
 * The engine tells a failed condition in short: in the text form of conditions, or in the shorthand of
 * triggers, schedules and earlier versions, `session channel in organic_search, portal`. Here such a
 * text is read back and gets its words. Whatever is not recognised stays as it came, so that a newer
 * engine is never told wrongly.
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
  // Before the plain comparisons and `in`, which would take them for something else.
  [/^(.+) version >= (\S+)$/, ([version = '']) => ({ op: 'version_gte', version })],
  [/^(.+) version < (\S+)$/, ([version = '']) => ({ op: 'version_lt', version })],
  [/^(.+) in the last (\d+) days$/, ([days]) => ({ op: 'in_last_days', days: Number(days) })],
  [/^(.+) in the next (\d+) days$/, ([days]) => ({ op: 'in_next_days', days: Number(days) })],
  [
    /^(.+) has its anniversary within (\d+) days$/,
    ([days]) => ({ op: 'anniversary_in_days', days: Number(days) }),
  ],
  [/^(.+) before (\d{4}-\S+)$/, ([time = '']) => ({ op: 'before', time })],
  [/^(.+) at or after (\d{4}-\S+)$/, ([time = '']) => ({ op: 'after', time })],
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
  [/^(.+?) matches (.+)$/, ([pattern = '']) => ({ op: 'matches', pattern })],
  [
    /^(.+?) has all of (.+)$/,
    ([list = '']) => ({ op: 'has_all', values: list.split(', ').map(plain) }),
  ],
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

/** The condition that a text is in full; undefined where it is none. */
function readWhole(short: string): Condition | undefined {
  try {
    return parseCondition(short);
  } catch (error) {
    if (error instanceof ConditionSyntaxError) {
      return undefined;
    }
    throw error;
  }
}

export function readShortCondition(short: string, words: ShortWords): string {
  const { locale } = words;
  const claim = readClaim(short, locale, words.segmentNames);
  if (claim !== undefined) {
    return claim;
  }
  const whole = readWhole(short);
  if (whole !== undefined) {
    return describeCondition(whole, locale, words.segmentNames);
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

/** How values of this subject read: money, channels, weekdays … */
function showFor(subject: string, locale: Locale): ShowValue {
  const currency = /^cart total ([A-Z]{3})$/.exec(subject)?.[1];
  if (currency !== undefined) {
    return (value) => formatAmount(Number(value), currency, locale);
  }
  if (subject.startsWith('affinity share') || subject.startsWith('confidence of ')) {
    return (value) => formatShare(Number(value), locale);
  }
  if (subject === 'weekday') {
    return (value) => nameWeekday(Number(value), locale);
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
  return showPlain(locale);
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
  const whole = readWhole(short);
  const isLeaf =
    whole !== undefined && whole.kind !== 'all' && whole.kind !== 'any' && whole.kind !== 'not';
  const show = isLeaf ? showFound(whole, locale) : showFor(readTest(short)?.subject ?? '', locale);
  return show(saw);
}
