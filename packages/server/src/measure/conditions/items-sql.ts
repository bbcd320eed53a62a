import type { EventMatch } from '@tenth/model/event-match.ts';
import { AMOUNT_STEPS, MOST_AMOUNT, MOST_KEPT } from '@tenth/model/measure.ts';
import type { Window } from '@tenth/model/window.ts';
import { eventPathSql } from '../sql/event-path-sql.ts';
import type { SqlParams } from '../sql/query.ts';
import type { Clock } from '../sql/value-test-sql.ts';
import { EVENT_MS, eventMs, type PersonAggregates } from './person-aggregates.ts';
import type { EventRows, TypedSql } from './person-rows.ts';
import { type FixedWindow, windowSince, windowSql } from './window-sql.ts';

/** What the SQL of a figure is made with. */
export interface Reading {
  readonly aggregates: PersonAggregates;
  readonly params: SqlParams;
  readonly clock: Clock;
}

/** JSON text of a property; empty unless it is a text of up to 200 characters, a number or a boolean. */
export function scalarSql(property: string, params: SqlParams): TypedSql {
  const raw = eventPathSql(property, params);
  return {
    type: 'String',
    sql: `if(JSONType(${raw}) IN ('Int64', 'UInt64', 'Double', 'Bool') OR (JSONType(${raw}) = 'String' AND lengthUTF8(JSONExtractString(${raw})) <= 200), ${raw}, '')`,
  };
}

/** An amount in ten-thousandths; null where the property says none. */
export function stepsSql(property: string, params: SqlParams): string {
  const raw = eventPathSql(property, params);
  // A number's JSON is read as text: taking JSON apart again for each question is what would take long.
  const digits = `if(match(${raw}, '^"-?[0-9]{1,11}([.][0-9]{1,6})?"$'), substring(${raw}, 2, length(${raw}) - 2), ${raw})`;
  const amount = `toFloat64OrNull(${digits})`;
  // What is beyond is worked out, too, and infinity is no whole number.
  const most = `toFloat64(${MOST_AMOUNT})`;
  const bounded = `greatest(-${most}, least(${most}, ${amount}))`;
  return `if(abs(${amount}) <= ${MOST_AMOUNT}, toInt64(floor(${bounded} * ${AMOUNT_STEPS} + 0.5)), NULL)`;
}

/** Of these events those for which something more holds. */
export function narrowed(rows: EventRows, holds: string): EventRows {
  return { ...rows, when: `(${rows.when} AND ${holds})` };
}

/** Of these events those in a window. */
export function inWindow(
  rows: EventRows,
  window: FixedWindow,
  { clock, params }: Reading,
): EventRows {
  return {
    ...narrowed(rows, windowSql(window, EVENT_MS, clock, params)),
    since: windowSince(window, clock),
  };
}

/** The session of an event, or of the device looked at. */
const session: TypedSql = { type: 'UInt64', sql: 'cityHash64(anonymous_id, session_id)' };

/** Array of a value for each matching event of the current session. */
export function sessionValues({ aggregates }: Reading, rows: EventRows, value: TypedSql): string {
  const all = aggregates.ofEvents('groupArray', rows, {
    type: `Tuple(${session.type}, ${value.type})`,
    sql: `(${session.sql}, ${value.sql})`,
  });
  return `arrayMap(i -> i.2, arrayFilter(i -> i.1 = ${aggregates.stateOf(session)}, ${all}))`;
}

/** How many matching events the current session has. */
export function sessionCount({ aggregates }: Reading, rows: EventRows): string {
  return `countEqual(${aggregates.ofEvents('groupArray', rows, session)}, ${aggregates.stateOf(session)})`;
}

/** Times of the latest matching events, rising. */
export function latestTimes({ aggregates }: Reading, match: EventMatch): string {
  const all = aggregates.ofEvents('groupArray', aggregates.matching(match), eventMs);
  return `arraySort(arraySlice(arrayReverseSort(${all}), 1, ${MOST_KEPT}))`;
}

/** The last time that an event happened, in ms; null where it never did. */
export function lastTime({ aggregates }: Reading, match: EventMatch): string {
  const matching = aggregates.matching(match);
  const last = aggregates.ofEvents('max', matching, eventMs);
  return `if(${aggregates.count(matching)} = 0, NULL, ${last})`;
}

/** `(at, tie, value)` of an event, which orders events of one time as the engine does. */
export function itemOf(value: TypedSql): TypedSql {
  return {
    type: `Tuple(Int64, UInt32, ${value.type})`,
    sql: `(${EVENT_MS}, murmurHash3_32(message_id), ${value.sql})`,
  };
}

/**
 * Array of the latest matching events as `(at, tie, value)`, the latest first, less those outside the
 * window.
 *
 * @param isTaken Which matching events take part at all.
 */
export function latestItems(
  reading: Reading,
  input: {
    readonly match: EventMatch;
    readonly value: TypedSql;
    readonly isTaken: string;
    readonly window: Window;
  },
): string {
  const { aggregates, clock, params } = reading;
  const { window } = input;
  const item = itemOf(input.value);
  const taken = narrowed(aggregates.matching(input.match), input.isTaken);
  const all = (rows: EventRows) => latest(aggregates.ofEvents('groupArray', rows, item));
  switch (window.kind) {
    case 'session':
      return latest(sessionValues(reading, taken, item));
    case 'between':
      return all(inWindow(taken, window, reading));
    case 'since_event': {
      const since = lastTime(reading, window.event);
      return `arrayFilter(i -> ifNull(i.1 > ${since}, 0), ${all(taken)})`;
    }
    case 'ever':
      return all(taken);
    default: {
      // The latest of all, as many as are kept, and of these the ones in the window: older events change nothing.
      const items = all({ ...taken, since: windowSince(window, clock) });
      return `arrayFilter(i -> ${windowSql(window, 'i.1', clock, params)}, ${items})`;
    }
  }
}

function latest(items: string): string {
  return `arraySlice(arrayReverseSort(${items}), 1, ${MOST_KEPT})`;
}
