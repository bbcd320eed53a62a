import { isoTime } from '@tenth/model/iso-time.ts';
import {
  type eventTest,
  type NumberTest,
  type Test,
  versionNumber,
} from '@tenth/model/value-test.ts';
import type { z } from 'zod';
import type { Cursor } from './cursor.ts';

type EventTest = z.infer<typeof eventTest>;
type Scalar = string | number | boolean;

/** A test of a value of a person or a visit. */
export function parseTest(cursor: Cursor): Test {
  if (cursor.tryPhrase('in last')) {
    return { op: 'in_last_days', days: parseDays(cursor) };
  }
  if (cursor.tryPhrase('in next')) {
    return { op: 'in_next_days', days: parseDays(cursor) };
  }
  if (cursor.tryPhrase('anniversary in')) {
    return { op: 'anniversary_in_days', days: parseDays(cursor) };
  }
  return parseEventTest(cursor);
}

/** A test of a value in an event, which the passing of time alone never changes. */
export function parseEventTest(cursor: Cursor): EventTest {
  return (
    tryTestOfValue(cursor) ??
    tryTestOfText(cursor) ??
    tryTestOfTimeOrVersion(cursor) ??
    tryComparison(cursor) ??
    cursor.fail()
  );
}

export function parseNumberTest(cursor: Cursor): NumberTest {
  const comparison = tryComparison(cursor);
  if (comparison !== undefined) {
    return comparison;
  }
  cursor.expectPhrase('is');
  return { op: 'is', value: parseNumber(cursor) };
}

/** `from 0.5 to below 1`, after its first word. */
export function parseRange(cursor: Cursor): { readonly from: number; readonly to: number } {
  const from = parseNumber(cursor);
  cursor.expectPhrase('to below');
  return { from, to: parseNumber(cursor) };
}

export function parseNumber(cursor: Cursor): number {
  return Number(cursor.expectToken(['number'], 'number').written);
}

export function parseText(cursor: Cursor, label = 'text'): string {
  return cursor.expectToken(['text'], `"${label}"`).value;
}

export function parseTime(cursor: Cursor): string {
  const token = cursor.expectToken(['time'], 'moment, as 2026-11-01T00:00:00+09:00');
  return cursor.check(isoTime, token.value, token);
}

/** One and more, with commas between. */
export function parseList<Item>(cursor: Cursor, item: (cursor: Cursor) => Item): Item[] {
  const items = [item(cursor)];
  while (cursor.tryPhrase(',')) {
    items.push(item(cursor));
  }
  return items;
}

function parseDays(cursor: Cursor): number {
  const days = parseNumber(cursor);
  cursor.expectOneOf(['days', 'day']);
  return days;
}

function parseScalar(cursor: Cursor): Scalar {
  const text = cursor.tryToken(['text'], '"text"');
  if (text !== undefined) {
    return text.value;
  }
  const word = cursor.tryOneOf(['true', 'false']);
  return word === undefined ? parseNumber(cursor) : word === 'true';
}

function tryTestOfValue(cursor: Cursor): EventTest | undefined {
  if (cursor.tryPhrase('is missing')) {
    return { op: 'missing' };
  }
  if (cursor.tryPhrase('is not')) {
    return { op: 'is_not', value: parseScalar(cursor) };
  }
  if (cursor.tryPhrase('is any of')) {
    return { op: 'in', values: parseList(cursor, parseScalar) };
  }
  if (cursor.tryPhrase('is none of')) {
    return { op: 'not_in', values: parseList(cursor, parseScalar) };
  }
  if (cursor.tryPhrase('is')) {
    return { op: 'is', value: parseScalar(cursor) };
  }
  if (cursor.tryPhrase('has all of')) {
    return { op: 'has_all', values: parseList(cursor, parseScalar) };
  }
  return cursor.tryPhrase('exists') ? { op: 'exists' } : undefined;
}

function tryTestOfText(cursor: Cursor): EventTest | undefined {
  if (cursor.tryPhrase('contains any of')) {
    return { op: 'contains_any', values: parseList(cursor, (one) => parseText(one)) };
  }
  if (cursor.tryPhrase('contains')) {
    return { op: 'contains', value: parseText(cursor) };
  }
  if (cursor.tryPhrase('starts with')) {
    return { op: 'starts_with', value: parseText(cursor) };
  }
  if (cursor.tryPhrase('ends with')) {
    return { op: 'ends_with', value: parseText(cursor) };
  }
  return cursor.tryPhrase('matches')
    ? { op: 'matches', pattern: parseText(cursor, 'regular expression') }
    : undefined;
}

function tryTestOfTimeOrVersion(cursor: Cursor): EventTest | undefined {
  if (cursor.tryPhrase('before')) {
    return { op: 'before', time: parseTime(cursor) };
  }
  if (cursor.tryPhrase('after')) {
    return { op: 'after', time: parseTime(cursor) };
  }
  if (cursor.tryPhrase('version >=')) {
    return { op: 'version_gte', version: parseVersion(cursor) };
  }
  return cursor.tryPhrase('version <')
    ? { op: 'version_lt', version: parseVersion(cursor) }
    : undefined;
}

function parseVersion(cursor: Cursor): string {
  const token = cursor.expectToken(['version', 'number'], 'version, as 1.4.2');
  return cursor.check(versionNumber, token.written, token);
}

const comparisons = { '>=': 'gte', '<=': 'lte', '>': 'gt', '<': 'lt' } as const;
const signs = ['>=', '<=', '>', '<'] as const;

function tryComparison(cursor: Cursor): NumberTest | undefined {
  const sign = cursor.tryOneOf(signs);
  if (sign !== undefined) {
    return { op: comparisons[sign], value: parseNumber(cursor) };
  }
  return cursor.tryPhrase('from') ? { op: 'between', ...parseRange(cursor) } : undefined;
}
