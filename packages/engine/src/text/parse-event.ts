import { eventTypes } from '@tenth/model/event.ts';
import { type EventFilter, type EventMatch, eventPath } from '@tenth/model/event-match.ts';
import type { Cursor } from './cursor.ts';
import { parseEventTest } from './parse-test.ts';

/** `"Product Viewed" where (properties.price >= 10000)`, `page visit "Home"`. */
export function parseEventMatch(cursor: Cursor): EventMatch {
  return tryEventMatch(cursor) ?? cursor.fail();
}

export function tryEventMatch(cursor: Cursor): EventMatch | undefined {
  const event = tryEvent(cursor);
  return event === undefined || !cursor.tryPhrase('where')
    ? event
    : { ...event, where: parseFilters(cursor) };
}

function tryEvent(cursor: Cursor): EventMatch | undefined {
  const action = cursor.tryToken(['text'], '"event name"');
  if (action !== undefined) {
    return { type: 'track', name: action.value };
  }
  const type = cursor.tryOneOf(eventTypes);
  if (type === undefined) {
    return undefined;
  }
  cursor.tryOneOf(['visit', 'event']);
  const name = cursor.tryToken(['text'], '"its name"');
  return name === undefined ? { type } : { type, name: name.value };
}

/** What follows `where`: filters with `and` between, in brackets or not; `()` for none at all. */
export function parseFilters(cursor: Cursor): EventFilter[] {
  if (!cursor.tryPhrase('(')) {
    const filters = [parseFilter(cursor)];
    // Behind an `and`, a path is another filter of the event; anything else is a condition of its own.
    while (isPath(cursor, 1) && cursor.tryPhrase('and')) {
      filters.push(parseFilter(cursor));
    }
    return filters;
  }
  if (cursor.tryPhrase(')')) {
    return [];
  }
  const filters = [parseFilter(cursor)];
  while (cursor.tryPhrase('and')) {
    filters.push(parseFilter(cursor));
  }
  cursor.expectPhrase(')');
  return filters;
}

function isPath(cursor: Cursor, ahead: number): boolean {
  const { kind, value } = cursor.peek(ahead);
  return kind === 'path' || (kind === 'word' && value.toLowerCase() === 'name');
}

function parseFilter(cursor: Cursor): EventFilter {
  return { path: parsePath(cursor), test: parseEventTest(cursor) };
}

export function parsePath(cursor: Cursor): string {
  if (cursor.tryPhrase('name')) {
    return 'name';
  }
  const token = cursor.expectToken(['path'], 'path, as properties.price or page.category');
  return cursor.check(eventPath, token.value, token);
}
