import { unreachable } from '@tenth/model/brand.ts';
import type { Json } from '@tenth/model/json.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import type { NumberTest, Test } from '@tenth/model/value-test.ts';
import { RE2JS } from 're2js';
import type { LocalClock } from '../local-time.ts';
import { daysUntilAnniversary } from './anniversary.ts';
import { readDate } from './date-text.ts';
import { compareVersions, readVersion, type Version } from './version-text.ts';

/** @param now For the tests that move with time; the others do not look at it. */
export type ValueTest = (value: Json | undefined, now: EpochMs) => boolean;

/** A test whose answer for one and the same value can change as time goes by. */
export type RelativeTest = Extract<
  Test,
  { op: 'in_last_days' | 'in_next_days' | 'anniversary_in_days' }
>;

/**
 * Compiles one test of one value. Texts compare without regard to case; an array passes when one of
 * its members does, and for `is_not` and `not_in` when none is the value. A missing value and null
 * fail every test but `missing`, `is_not` and `not_in`.
 *
 * @param clock The shop's, for anniversaries.
 */
export function compileTest(test: Test | NumberTest, clock: LocalClock): ValueTest {
  return isRelative(test) ? compileRelative(test, clock) : compileTimeless(test);
}

export function isRelative(test: Test | NumberTest): test is RelativeTest {
  return (
    test.op === 'in_last_days' || test.op === 'in_next_days' || test.op === 'anniversary_in_days'
  );
}

function compileRelative(test: RelativeTest, clock: LocalClock): ValueTest {
  const { days } = test;
  switch (test.op) {
    case 'in_last_days':
      return someDate((at, now) => at <= now && at >= now - days * DAY_MS);
    case 'in_next_days':
      return someDate((at, now) => at >= now && at <= now + days * DAY_MS);
    case 'anniversary_in_days':
      return someDate((_, now, text) => daysUntilAnniversary(text, clock.dayOf(now)) <= days);
    default:
      return unreachable(test);
  }
}

/** Compiles a test whose answer is the same at all times. */
export function compileTimeless(test: Exclude<Test, RelativeTest> | NumberTest): ValueTest {
  switch (test.op) {
    case 'is': {
      const wanted = folded(test.value);
      const isWanted = some((value) => folded(value) === wanted);
      // Mostly it is written just so.
      return (value, now) => value === wanted || isWanted(value, now);
    }
    case 'is_not': {
      const unwanted = folded(test.value);
      return none((value) => folded(value) === unwanted);
    }
    case 'in': {
      const wanted = new Set(test.values.map(folded));
      return some((value) => wanted.has(folded(value)));
    }
    case 'not_in': {
      const unwanted = new Set(test.values.map(folded));
      return none((value) => unwanted.has(folded(value)));
    }
    case 'contains': {
      const part = test.value.toLowerCase();
      return someText((text) => text.toLowerCase().includes(part));
    }
    case 'contains_any': {
      const parts = test.values.map((value) => value.toLowerCase());
      return someText((text) => {
        const lower = text.toLowerCase();
        return parts.some((part) => lower.includes(part));
      });
    }
    case 'starts_with': {
      const start = test.value.toLowerCase();
      return someText((text) => text.toLowerCase().startsWith(start));
    }
    case 'ends_with': {
      const end = test.value.toLowerCase();
      return someText((text) => text.toLowerCase().endsWith(end));
    }
    case 'matches': {
      const pattern = RE2JS.compile(test.pattern, RE2JS.CASE_INSENSITIVE);
      return someText((text) => pattern.test(text));
    }
    case 'has_all':
      return hasAll(new Set(test.values.map(folded)));
    case 'gt':
      return someNumber((value) => value > test.value);
    case 'gte':
      return someNumber((value) => value >= test.value);
    case 'lt':
      return someNumber((value) => value < test.value);
    case 'lte':
      return someNumber((value) => value <= test.value);
    case 'between':
      return someNumber((value) => value >= test.from && value < test.to);
    case 'before': {
      const time = Date.parse(test.time);
      return someDate((at) => at < time);
    }
    case 'after': {
      const time = Date.parse(test.time);
      return someDate((at) => at >= time);
    }
    case 'version_gte':
      return someVersion(test.version, (order) => order >= 0);
    case 'version_lt':
      return someVersion(test.version, (order) => order < 0);
    case 'exists':
      return (value) => value !== undefined && value !== null;
    case 'missing':
      return (value) => value === undefined || value === null;
    default:
      return unreachable(test);
  }
}

/**
 * The earliest moment after `now` at which a relative test of this value can come out differently;
 * undefined where it never will. Anniversaries come round for ever.
 */
export function nextChangeOfTest(
  test: RelativeTest,
  clock: LocalClock,
  value: Json | undefined,
  now: EpochMs,
): EpochMs | undefined {
  let next: EpochMs | undefined;
  for (const one of Array.isArray(value) ? value : [value]) {
    const at = typeof one === 'string' ? readDate(one) : undefined;
    // A date is a text, or it would not have been read as one.
    const change = at === undefined ? undefined : changeOf(test, clock, String(one), at, now);
    if (change !== undefined && (next === undefined || change < next)) {
      next = change;
    }
  }
  return next;
}

function changeOf(
  test: RelativeTest,
  clock: LocalClock,
  text: string,
  at: EpochMs,
  now: EpochMs,
): EpochMs | undefined {
  const span = test.days * DAY_MS;
  switch (test.op) {
    case 'in_last_days':
      return firstAfter(now, at, at + span + 1);
    case 'in_next_days':
      return firstAfter(now, at - span, at + 1);
    case 'anniversary_in_days': {
      const today = clock.dayOf(now);
      const days = daysUntilAnniversary(text, today);
      return clock.reaches(today + (days <= test.days ? days + 1 : days - test.days), now);
    }
    default:
      return unreachable(test);
  }
}

function firstAfter(now: EpochMs, first: EpochMs, second: EpochMs): EpochMs | undefined {
  return first > now ? first : second > now ? second : undefined;
}

/** The test in short, for traces: `>= 3`, `in naver, daum`. */
export function describeTest(test: Test | NumberTest): string {
  switch (test.op) {
    case 'is':
      return `is ${test.value}`;
    case 'is_not':
      return `is not ${test.value}`;
    case 'in':
      return `in ${test.values.join(', ')}`;
    case 'not_in':
      return `not in ${test.values.join(', ')}`;
    case 'contains':
      return `contains ${test.value}`;
    case 'contains_any':
      return `contains any of ${shortened(test.values)}`;
    case 'starts_with':
      return `starts with ${test.value}`;
    case 'ends_with':
      return `ends with ${test.value}`;
    case 'matches':
      return `matches ${test.pattern}`;
    case 'has_all':
      return `has all of ${shortened(test.values)}`;
    case 'gt':
      return `> ${test.value}`;
    case 'gte':
      return `>= ${test.value}`;
    case 'lt':
      return `< ${test.value}`;
    case 'lte':
      return `<= ${test.value}`;
    case 'between':
      return `from ${test.from} to below ${test.to}`;
    case 'before':
      return `before ${test.time}`;
    case 'after':
      return `at or after ${test.time}`;
    case 'in_last_days':
      return `in the last ${test.days} days`;
    case 'in_next_days':
      return `in the next ${test.days} days`;
    case 'anniversary_in_days':
      return `has its anniversary within ${test.days} days`;
    case 'version_gte':
      return `version >= ${test.version}`;
    case 'version_lt':
      return `version < ${test.version}`;
    case 'exists':
      return 'is there';
    case 'missing':
      return 'is missing';
    default:
      return unreachable(test);
  }
}

function shortened(values: readonly unknown[]): string {
  return `${values.slice(0, 5).join(', ')}${values.length > 5 ? ' …' : ''}`;
}

/** Compares 20 and "20" as different, "Naver" and "naver" as the same. */
export function folded(value: Json): Json {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function some(passes: (value: Json, now: EpochMs) => boolean): ValueTest {
  return (value, now) => {
    if (value === undefined || value === null) {
      return false;
    }
    return Array.isArray(value) ? value.some((member) => passes(member, now)) : passes(value, now);
  };
}

function none(matches: (value: Json) => boolean): ValueTest {
  const found = some(matches);
  return (value, now) => !found(value, now);
}

function someText(passes: (text: string, now: EpochMs) => boolean): ValueTest {
  return some((value, now) => typeof value === 'string' && passes(value, now));
}

function someNumber(passes: (value: number) => boolean): ValueTest {
  const inList = some((value) => typeof value === 'number' && passes(value));
  return (value, now) => (typeof value === 'number' ? passes(value) : inList(value, now));
}

function someDate(passes: (at: EpochMs, now: EpochMs, text: string) => boolean): ValueTest {
  return someText((text, now) => {
    const at = readDate(text);
    return at !== undefined && passes(at, now, text);
  });
}

function someVersion(version: string, passes: (order: number) => boolean): ValueTest {
  // Its schema allows nothing that is no version.
  const wanted: Version = readVersion(version) ?? [0, 0, 0];
  return someText((text) => {
    const found = readVersion(text);
    return found !== undefined && passes(compareVersions(found, wanted));
  });
}

/** A test of a figure, which is never a list; whatever is asked, one that is not known fails. */
export function compileNumberTest(test: NumberTest): (figure: Json | undefined) => boolean {
  switch (test.op) {
    case 'is':
      return (figure) => figure === test.value;
    case 'gt':
      return (figure) => typeof figure === 'number' && figure > test.value;
    case 'gte':
      return (figure) => typeof figure === 'number' && figure >= test.value;
    case 'lt':
      return (figure) => typeof figure === 'number' && figure < test.value;
    case 'lte':
      return (figure) => typeof figure === 'number' && figure <= test.value;
    case 'between':
      return (figure) => typeof figure === 'number' && figure >= test.from && figure < test.to;
    default:
      return unreachable(test);
  }
}

function hasAll(wanted: ReadonlySet<Json>): ValueTest {
  return (value) => {
    if (value === undefined || value === null) {
      return false;
    }
    if (!Array.isArray(value)) {
      return wanted.size === 1 && wanted.has(folded(value));
    }
    const found = new Set(value.map(folded));
    for (const one of wanted) {
      if (!found.has(one)) {
        return false;
      }
    }
    return true;
  };
}
