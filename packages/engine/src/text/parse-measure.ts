import { attributeId } from '@tenth/model/ids.ts';
import { affinityDimensions, type NumberMeasure } from '@tenth/model/measure.ts';
import type { Cursor } from './cursor.ts';
import { parseEventMatch, parsePath } from './parse-event.ts';
import { parseNumber, parseText } from './parse-test.ts';
import { parseWindow } from './parse-window.ts';
import { parseId, parseWord } from './parse-word.ts';

/** A figure of a person, without its test; undefined where none begins. */
export function tryMeasure(cursor: Cursor): NumberMeasure | undefined {
  return tryEventMeasure(cursor) ?? tryVisitMeasure(cursor) ?? tryPersonMeasure(cursor);
}

const figures = ['sum', 'mean', 'min', 'max'] as const;

function tryEventMeasure(cursor: Cursor): NumberMeasure | undefined {
  if (cursor.tryPhrase('count of distinct')) {
    return parseFigure(cursor, 'distinct');
  }
  if (cursor.tryPhrase('count of')) {
    return { kind: 'event_count', event: parseEventMatch(cursor), window: parseWindow(cursor) };
  }
  const figure = figures.find((name) => cursor.tryPhrase(`${name} of`));
  if (figure !== undefined) {
    return parseFigure(cursor, figure);
  }
  // Before `days since last` and an event, of which the word would be none.
  if (cursor.tryPhrase('days since last order')) {
    return parseOrders(cursor, 'days_since_last');
  }
  if (cursor.tryPhrase('days since last')) {
    return { kind: 'recency', event: parseEventMatch(cursor) };
  }
  if (cursor.tryPhrase('days with')) {
    const event = parseEventMatch(cursor);
    cursor.expectPhrase('in last');
    const days = parseNumber(cursor);
    cursor.expectOneOf(['days', 'day']);
    return { kind: 'active_days', event, days };
  }
  if (cursor.tryPhrase('steps of')) {
    const steps = [parseEventMatch(cursor)];
    do {
      cursor.expectPhrase('then');
      steps.push(parseEventMatch(cursor));
    } while (!cursor.tryPhrase('within'));
    return { kind: 'funnel', steps, withinMinutes: parseMinutes(cursor) };
  }
  return undefined;
}

function parseFigure(
  cursor: Cursor,
  measure: 'distinct' | (typeof figures)[number],
): NumberMeasure {
  const property = parsePath(cursor);
  cursor.expectPhrase('over');
  const event = parseEventMatch(cursor);
  return { kind: 'event_number', event, property, measure, window: parseWindow(cursor) };
}

/** `60 minutes`, after `within`. */
export function parseMinutes(cursor: Cursor): number {
  const minutes = parseNumber(cursor);
  cursor.expectOneOf(['minutes', 'minute']);
  return minutes;
}

function tryVisitMeasure(cursor: Cursor): NumberMeasure | undefined {
  if (cursor.tryPhrase('cart total in')) {
    return { kind: 'cart_total', currency: parseCurrency(cursor) };
  }
  if (cursor.tryPhrase('cart quantity')) {
    return { kind: 'cart_quantity' };
  }
  if (cursor.tryPhrase('session pages')) {
    return { kind: 'session_pages' };
  }
  if (cursor.tryPhrase('local hour')) {
    return { kind: 'local_hour' };
  }
  return cursor.tryPhrase('local weekday') ? { kind: 'local_weekday' } : undefined;
}

const affinityMeasures = ['share', 'score'] as const;

function tryPersonMeasure(cursor: Cursor): NumberMeasure | undefined {
  if (cursor.tryPhrase('sessions')) {
    return { kind: 'sessions' };
  }
  const measure = affinityMeasures.find((name) => cursor.tryPhrase(`affinity ${name} of`));
  if (measure !== undefined) {
    const dimension = cursor.expectOneOf(affinityDimensions);
    return { kind: 'affinity', dimension, key: parseText(cursor, dimension), measure };
  }
  if (cursor.tryPhrase('order count')) {
    return parseOrders(cursor, 'count');
  }
  if (cursor.tryPhrase('order total')) {
    return parseOrders(cursor, 'total');
  }
  if (cursor.tryPhrase('confidence that')) {
    const id = parseId(cursor, attributeId, 'attribute');
    cursor.expectPhrase('is');
    return { kind: 'inferred', attributeId: id, value: parseWord(cursor, 'value') };
  }
  return undefined;
}

function parseOrders(
  cursor: Cursor,
  measure: Extract<NumberMeasure, { kind: 'orders' }>['measure'],
): NumberMeasure {
  return cursor.tryPhrase('in')
    ? { kind: 'orders', measure, currency: parseCurrency(cursor) }
    : { kind: 'orders', measure };
}

function parseCurrency(cursor: Cursor): string {
  const token = cursor.expectToken(['word', 'text'], 'currency, as KRW');
  return /^[A-Z]{3}$/.test(token.value)
    ? token.value
    : cursor.refuse(token, 'a currency is three capitals, as KRW');
}
