import { channels } from '@tenth/model/channel.ts';
import {
  type Condition,
  condition,
  type LeafCondition,
  sessionFields,
} from '@tenth/model/condition.ts';
import { deviceTypes } from '@tenth/model/device.ts';
import { listId, segmentId, variableId } from '@tenth/model/ids.ts';
import type { Cursor } from './cursor.ts';
import { parseEventMatch, parseFilters, parsePath, tryEventMatch } from './parse-event.ts';
import { parseMinutes, tryMeasure } from './parse-measure.ts';
import { parseNumberTest, parseRange, parseTest, parseText } from './parse-test.ts';
import { parseWindow } from './parse-window.ts';
import { parseChoice, parseId, parseWord } from './parse-word.ts';

/** One condition that is no group; undefined where none begins. */
export function tryLeaf(cursor: Cursor): Condition | undefined {
  const start = cursor.peek();
  const leaf =
    tryFigure(cursor) ??
    tryOfEvents(cursor) ??
    tryOfVisit(cursor) ??
    tryOfPerson(cursor) ??
    tryMembership(cursor) ??
    trySequence(cursor);
  // What the grammar does not hold to is in the schema: how long texts and lists may be, how large numbers.
  return leaf === undefined ? undefined : cursor.check(condition, leaf, start);
}

function tryFigure(cursor: Cursor): LeafCondition | undefined {
  const measure = tryMeasure(cursor);
  return measure === undefined ? undefined : { ...measure, test: parseNumberTest(cursor) };
}

function tryOfEvents(cursor: Cursor): LeafCondition | undefined {
  if (cursor.tryPhrase('event where')) {
    return { kind: 'event', filters: parseFilters(cursor) };
  }
  if (cursor.tryPhrase('first')) {
    return parseEventValue(cursor, 'first');
  }
  if (cursor.tryPhrase('last')) {
    return parseEventValue(cursor, 'last');
  }
  return cursor.tryPhrase('most frequent') ? parseEventValue(cursor, 'most_frequent') : undefined;
}

type EventValue = Extract<LeafCondition, { kind: 'event_value' }>;

function parseEventValue(cursor: Cursor, measure: EventValue['measure']): EventValue {
  const property = parsePath(cursor);
  cursor.expectPhrase('over');
  const event = parseEventMatch(cursor);
  const window = parseWindow(cursor);
  return { kind: 'event_value', event, property, measure, window, test: parseTest(cursor) };
}

const cartFields = ['product_id', 'category', 'brand', 'name'] as const;

function tryOfVisit(cursor: Cursor): LeafCondition | undefined {
  if (cursor.tryPhrase('cart product')) {
    const field = cursor.expectOneOf(cartFields);
    return { kind: 'cart_product', field, test: parseTest(cursor) };
  }
  if (cursor.tryPhrase('session')) {
    const field = cursor.expectOneOf(sessionFields);
    return { kind: 'session', field, test: parseTest(cursor) };
  }
  if (cursor.tryPhrase('channel')) {
    return {
      kind: 'channel_in',
      channels: parseChoice(cursor, (one) => one.expectOneOf(channels)),
    };
  }
  return cursor.tryPhrase('device')
    ? { kind: 'device_in', devices: parseChoice(cursor, (one) => one.expectOneOf(deviceTypes)) }
    : undefined;
}

function tryOfPerson(cursor: Cursor): LeafCondition | undefined {
  if (cursor.tryPhrase('trait')) {
    const name = parseText(cursor, 'name of a trait');
    return { kind: 'trait', name, test: parseTest(cursor) };
  }
  if (cursor.tryPhrase('variable')) {
    const id = parseId(cursor, variableId, 'variable');
    const levels = parseChoice(cursor, (one) => parseWord(one, 'level'));
    return { kind: 'variable', variableId: id, levels };
  }
  if (cursor.tryPhrase('random share')) {
    const seed = parseText(cursor, 'seed');
    cursor.expectPhrase('from');
    return { kind: 'random_share', seed, ...parseRange(cursor) };
  }
  return undefined;
}

function tryMembership(cursor: Cursor): LeafCondition | undefined {
  if (cursor.tryPhrase('new visitor')) {
    return { kind: 'visitor', is: 'new' };
  }
  if (cursor.tryPhrase('returning visitor')) {
    return { kind: 'visitor', is: 'returning' };
  }
  for (const is of [true, false]) {
    const sign = is ? '' : 'not ';
    if (cursor.tryPhrase(`${sign}member`)) {
      return { kind: 'member', is };
    }
    if (cursor.tryPhrase(`${sign}in segment`)) {
      return { kind: 'segment', segmentId: parseId(cursor, segmentId, 'segment'), is };
    }
    if (cursor.tryPhrase(`${sign}in list`)) {
      return { kind: 'list', listId: parseId(cursor, listId, 'list'), is };
    }
  }
  return undefined;
}

/** `"Product Added" then "Order Completed" within 60 minutes without "Product Removed"`. */
function trySequence(cursor: Cursor): LeafCondition | undefined {
  const first = tryEventMatch(cursor);
  if (first === undefined) {
    return undefined;
  }
  cursor.expectPhrase('then');
  const then = parseEventMatch(cursor);
  cursor.expectPhrase('within');
  const withinMinutes = parseMinutes(cursor);
  const sequence = { kind: 'sequence', first, then, withinMinutes } as const;
  return cursor.tryPhrase('without') ? { ...sequence, without: parseEventMatch(cursor) } : sequence;
}
