import type { EventMatch } from '@tenth/model/event-match.ts';
import { AMOUNT_STEPS, MOST_AMOUNT, MOST_KEPT } from '@tenth/model/measure.ts';
import type { Window } from '@tenth/model/window.ts';
import { eventPathSql } from '../sql/event-path-sql.ts';
import type { SqlParams } from '../sql/query.ts';
import type { Clock } from '../sql/value-test-sql.ts';
import { EVENT_MS, type PersonAggregates } from './person-aggregates.ts';
import { windowSql } from './window-sql.ts';

/** What the SQL of a figure is made with. */
export interface Reading {
  readonly aggregates: PersonAggregates;
  readonly params: SqlParams;
  readonly clock: Clock;
}

/** JSON text of a property; empty unless it is a text of up to 200 characters, a number or a boolean. */
export function scalarSql(property: string, params: SqlParams): string {
  const raw = eventPathSql(property, params);
  return `if(JSONType(${raw}) IN ('Int64', 'UInt64', 'Double', 'Bool') OR (JSONType(${raw}) = 'String' AND lengthUTF8(JSONExtractString(${raw})) <= 200), ${raw}, '')`;
}

/** An amount in ten-thousandths; null where the property says none. */
export function stepsSql(property: string, params: SqlParams): string {
  const raw = eventPathSql(property, params);
  const amount = `multiIf(JSONType(${raw}) IN ('Int64', 'UInt64', 'Double'), toNullable(JSONExtractFloat(${raw})), JSONType(${raw}) = 'String' AND match(JSONExtractString(${raw}), '^-?[0-9]{1,11}([.][0-9]{1,6})?$'), toFloat64OrNull(JSONExtractString(${raw})), NULL)`;
  return `if(abs(${amount}) <= ${MOST_AMOUNT}, toInt64(floor(${amount} * ${AMOUNT_STEPS} + 0.5)), NULL)`;
}

/** The session of the device looked at, as {@link sessionItems} name theirs. */
function currentSession({ aggregates }: Reading): string {
  return `(${aggregates.state('anonymous_id')}, ${aggregates.state('session_id')})`;
}

/** Array of a value for each matching event of the current session. */
export function sessionValues(reading: Reading, match: string, value: string): string {
  const all = reading.aggregates.column(
    `groupArrayIf(((anonymous_id, session_id), ${value}), ${match})`,
  );
  return `arrayMap(i -> i.2, arrayFilter(i -> i.1 = ${currentSession(reading)}, ${all}))`;
}

/** Times of the latest matching events, rising. */
export function latestTimes({ aggregates }: Reading, match: EventMatch): string {
  const all = aggregates.column(`groupArrayIf(${EVENT_MS}, ${aggregates.matching(match)})`);
  return `arraySort(arraySlice(arrayReverseSort(${all}), 1, ${MOST_KEPT}))`;
}

/** The last time that an event happened, in ms; null where it never did. */
export function lastTime({ aggregates }: Reading, match: EventMatch): string {
  const matching = aggregates.matching(match);
  return aggregates.column(`if(countIf(${matching}) = 0, NULL, maxIf(${EVENT_MS}, ${matching}))`);
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
    readonly value: string;
    readonly isTaken: string;
    readonly window: Window;
  },
): string {
  const { aggregates, clock, params } = reading;
  const { window } = input;
  const item = `(${EVENT_MS}, murmurHash3_32(message_id), ${input.value})`;
  const taken = `${aggregates.matching(input.match)} AND ${input.isTaken}`;
  switch (window.kind) {
    case 'session':
      return latest(sessionValues(reading, taken, item));
    case 'between': {
      const within = windowSql(window, EVENT_MS, clock, params);
      return latest(aggregates.column(`groupArrayIf(${item}, ${taken} AND ${within})`));
    }
    case 'since_event': {
      const since = lastTime(reading, window.event);
      const items = latest(aggregates.column(`groupArrayIf(${item}, ${taken})`));
      return `arrayFilter(i -> ifNull(i.1 > ${since}, 0), ${items})`;
    }
    default: {
      const items = latest(aggregates.column(`groupArrayIf(${item}, ${taken})`));
      return window.kind === 'ever'
        ? items
        : `arrayFilter(i -> ${windowSql(window, 'i.1', clock, params)}, ${items})`;
    }
  }
}

function latest(items: string): string {
  return `arraySlice(arrayReverseSort(${items}), 1, ${MOST_KEPT})`;
}
