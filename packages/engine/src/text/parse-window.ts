import { type Window, window } from '@tenth/model/window.ts';
import type { Cursor } from './cursor.ts';
import { parseEventMatch } from './parse-event.ts';
import { parseTime } from './parse-test.ts';

export function parseWindow(cursor: Cursor): Window {
  if (cursor.tryPhrase('in this session')) {
    return { kind: 'session' };
  }
  if (cursor.tryPhrase('ever')) {
    return { kind: 'ever' };
  }
  if (cursor.tryPhrase('in last')) {
    return parseSliding(cursor);
  }
  if (cursor.tryPhrase('from')) {
    const from = parseTime(cursor);
    cursor.expectPhrase('until');
    return { kind: 'between', from, to: parseTime(cursor) };
  }
  cursor.expectPhrase('since last');
  return { kind: 'since_event', event: parseEventMatch(cursor) };
}

function parseSliding(cursor: Cursor): Window {
  const number = cursor.expectToken(['number'], 'number');
  const count = Number(number.written);
  const sliding = (wanted: Window): Window => cursor.check(window, wanted, number);
  switch (cursor.expectOneOf(['minutes', 'minute', 'hours', 'hour', 'days', 'day'])) {
    case 'minutes':
    case 'minute':
      return sliding({ kind: 'last_minutes', minutes: count });
    case 'hours':
    case 'hour':
      return sliding({ kind: 'last_hours', hours: count });
    case 'days':
    case 'day':
      return sliding({ kind: 'last_days', days: count });
  }
}
