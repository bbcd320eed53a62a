import { unreachable } from '@tenth/model/brand.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import type { Test } from '@tenth/model/value-test.ts';
import type { SqlParams } from './query.ts';

type Scalar = string | number | boolean;

/** What tests of dates are asked against. */
export interface Clock {
  readonly now: EpochMs;
  /** IANA name: the shop's calendar. */
  readonly timeZone: string;
}

/**
 * SQL for one test of one JSON value, with the meaning of the engine's `compileTest`: texts without
 * regard to case, an array by its members, missing and null alike.
 *
 * @param raw SQL for the value's JSON text; empty where there is none.
 */
export function testSql(test: Test, raw: string, params: SqlParams, clock: Clock): string {
  switch (test.op) {
    case 'is':
      return some(raw, isOneOf([test.value], params));
    case 'is_not':
      return `NOT ${some(raw, isOneOf([test.value], params))}`;
    case 'in':
      return some(raw, isOneOf(test.values, params));
    case 'not_in':
      return `NOT ${some(raw, isOneOf(test.values, params))}`;
    case 'contains':
      return some(raw, contains(test.value, params));
    case 'contains_any':
      return some(raw, test.values.map((value) => contains(value, params)).join(' OR '));
    case 'starts_with':
      return some(raw, onText(`startsWith(${TEXT}, ${folded(test.value, params)})`));
    case 'ends_with':
      return some(raw, onText(`endsWith(${TEXT}, ${folded(test.value, params)})`));
    case 'gt':
      return some(raw, onNumber(`${NUMBER} > ${params.bind('Float64', test.value)}`));
    case 'gte':
      return some(raw, onNumber(`${NUMBER} >= ${params.bind('Float64', test.value)}`));
    case 'lt':
      return some(raw, onNumber(`${NUMBER} < ${params.bind('Float64', test.value)}`));
    case 'lte':
      return some(raw, onNumber(`${NUMBER} <= ${params.bind('Float64', test.value)}`));
    case 'between': {
      const from = `${NUMBER} >= ${params.bind('Float64', test.from)}`;
      return some(raw, onNumber(`${from} AND ${NUMBER} < ${params.bind('Float64', test.to)}`));
    }
    case 'matches':
      return some(
        raw,
        onText(`match(JSONExtractString(x), ${params.bind('String', `(?i)${test.pattern}`)})`),
      );
    case 'has_all':
      return test.values.map((value) => `(${some(raw, isOneOf([value], params))})`).join(' AND ');
    case 'before':
      return some(raw, onDate(`${DATE_MS} < ${params.bind('Int64', Date.parse(test.time))}`));
    case 'after':
      return some(raw, onDate(`${DATE_MS} >= ${params.bind('Int64', Date.parse(test.time))}`));
    case 'in_last_days':
      return some(raw, between(clock.now - test.days * DAY_MS, clock.now, params));
    case 'in_next_days':
      return some(raw, between(clock.now, clock.now + test.days * DAY_MS, params));
    case 'anniversary_in_days': {
      const days = monthDays(clock, test.days);
      return some(
        raw,
        onDate(`substring(JSONExtractString(x), 6, 5) IN ${params.bind('Array(String)', days)}`),
      );
    }
    case 'version_gte':
      return some(raw, onVersion(`${VERSION} >= ${versionOf(test.version)}`));
    case 'version_lt':
      return some(raw, onVersion(`${VERSION} < ${versionOf(test.version)}`));
    case 'exists':
      return `JSONType(${raw}) != 'Null'`;
    case 'missing':
      return `JSONType(${raw}) = 'Null'`;
    default:
      return unreachable(test);
  }
}

const TEXT = 'lowerUTF8(JSONExtractString(x))';
const NUMBER = 'JSONExtractFloat(x)';

function some(raw: string, passes: string): string {
  const members = `if(JSONType(${raw}) = 'Array', JSONExtractArrayRaw(${raw}), [${raw}])`;
  return `arrayExists(x -> (${passes}), ${members})`;
}

function onText(passes: string): string {
  return `(JSONType(x) = 'String' AND ${passes})`;
}

function onNumber(passes: string): string {
  return `(JSONType(x) IN ('Int64', 'UInt64', 'Double') AND ${passes})`;
}

function contains(part: string, params: SqlParams): string {
  return onText(`position(${TEXT}, ${folded(part, params)}) > 0`);
}

/** Both sides are folded by the same function, so that a text always equals itself. */
function folded(text: string, params: SqlParams): string {
  return `lowerUTF8(${params.bind('String', text)})`;
}

function isOneOf(values: readonly Scalar[], params: SqlParams): string {
  const texts = values.filter((value) => typeof value === 'string');
  const numbers = values.filter((value) => typeof value === 'number');
  const booleans = values.filter((value) => typeof value === 'boolean');
  const list = texts.length === 0 ? '' : params.bind('Array(String)', texts);
  return [
    ...(list === '' ? [] : [onText(`has(arrayMap(t -> lowerUTF8(t), ${list}), ${TEXT})`)]),
    ...numbers.map((value) => onNumber(`${NUMBER} = ${params.bind('Float64', value)}`)),
    ...booleans.map(
      (value) => `(JSONType(x) = 'Bool' AND JSONExtractBool(x) = ${params.bind('Bool', value)})`,
    ),
  ].join(' OR ');
}

const DATE_PATTERN =
  '^(19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,3})?)?(Z|[+-][0-9]{2}:[0-9]{2}))?$';
/** Null where the day is in no calendar: `2026-02-30`. */
const DATE_MS = `toUnixTimestamp64Milli(parseDateTime64BestEffortOrNull(JSONExtractString(x), 3, 'UTC'))`;

function onDate(passes: string): string {
  return onText(`match(JSONExtractString(x), '${DATE_PATTERN}') AND ifNull(${passes}, 0)`);
}

function between(from: EpochMs, to: EpochMs, params: SqlParams): string {
  return onDate(`${DATE_MS} BETWEEN ${params.bind('Int64', from)} AND ${params.bind('Int64', to)}`);
}

/** `11-23` for today and the days after, by the shop's calendar. */
function monthDays({ now, timeZone }: Clock, days: number): readonly string[] {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
  const [year = 1970, month = 1, day = 1] = parts.split('-').map(Number);
  const found: string[] = [];
  for (let ahead = 0; ahead <= days; ahead += 1) {
    const date = new Date(Date.UTC(year, month - 1, day + ahead));
    const monthDay = date.toISOString().slice(5, 10);
    found.push(monthDay);
    const isLeap = new Date(Date.UTC(date.getUTCFullYear(), 1, 29)).getUTCMonth() === 1;
    if (monthDay === '02-28' && !isLeap) {
      found.push('02-29');
    }
  }
  return found;
}

const VERSION_PATTERN = '^v?([0-9]{1,9}([.][0-9]{1,9}){0,2})([-+].*)?$';
const VERSION = `arrayResize(arrayMap(part -> toUInt64OrZero(part), splitByChar('.', extract(JSONExtractString(x), '${VERSION_PATTERN}'))), 3, toUInt64(0))`;

function onVersion(passes: string): string {
  // Only a text of that form is taken apart, whatever order the engine evaluates in.
  return `if(JSONType(x) = 'String' AND match(JSONExtractString(x), '${VERSION_PATTERN}'), ${passes}, 0)`;
}

/** Digits and dots, as its schema says. */
function versionOf(version: string): string {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return `[toUInt64(${major}), toUInt64(${minor}), toUInt64(${patch})]`;
}
