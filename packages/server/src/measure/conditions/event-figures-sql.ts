import { unreachable } from '@tenth/model/brand.ts';
import { AMOUNT_STEPS, MOST_DISTINCT, type NumberMeasure } from '@tenth/model/measure.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import {
  inWindow,
  lastTime,
  latestItems,
  latestTimes,
  narrowed,
  type Reading,
  scalarSql,
  sessionValues,
  stepsSql,
} from './items-sql.ts';
import { EVENT_MS } from './person-aggregates.ts';
import type { TypedSql } from './person-rows.ts';
import { daySql } from './window-sql.ts';

type Of<Kind extends NumberMeasure['kind']> = Extract<NumberMeasure, { kind: Kind }>;

export function eventCountSql({ event, window }: Of<'event_count'>, reading: Reading): string {
  const { aggregates } = reading;
  const rows = aggregates.matching(event);
  switch (window.kind) {
    case 'session':
      return `length(${sessionValues(reading, rows, { type: 'UInt8', sql: '1' })})`;
    case 'since_event': {
      const since = lastTime(reading, window.event);
      return `arrayCount(t -> ifNull(t > ${since}, 0), ${latestTimes(reading, event)})`;
    }
    default:
      return aggregates.count(inWindow(rows, window, reading));
  }
}

export function eventNumberSql(measure: Of<'event_number'>, reading: Reading): string {
  if (measure.measure === 'distinct') {
    return `least(${MOST_DISTINCT}, ${distinctSql(measure, reading)})`;
  }
  const { sum, count, min, max } = amountsSql(measure, reading);
  switch (measure.measure) {
    case 'sum':
      return `ifNull(${sum}, 0) / ${AMOUNT_STEPS}`;
    case 'mean':
      return `if(${count} = 0, NULL, ${sum} / ${count} / ${AMOUNT_STEPS})`;
    case 'min':
      return `if(${count} = 0, NULL, ${min} / ${AMOUNT_STEPS})`;
    case 'max':
      return `if(${count} = 0, NULL, ${max} / ${AMOUNT_STEPS})`;
    default:
      return unreachable(measure.measure);
  }
}

function distinctSql({ event, property, window }: Of<'event_number'>, reading: Reading): string {
  const { aggregates, params } = reading;
  const value = scalarSql(property, params);
  const isTaken = `${value.sql} != ''`;
  const rows = narrowed(aggregates.matching(event), isTaken);
  switch (window.kind) {
    case 'session':
      return `length(arrayDistinct(${sessionValues(reading, rows, value)}))`;
    case 'since_event': {
      const items = latestItems(reading, {
        match: event,
        value,
        isTaken,
        window,
      });
      return `length(arrayDistinct(arrayMap(i -> i.3, ${items})))`;
    }
    default:
      return aggregates.ofEvents('uniqExact', inWindow(rows, window, reading), value);
  }
}

interface Amounts {
  readonly sum: string;
  readonly count: string;
  readonly min: string;
  readonly max: string;
}

function amountsSql({ event, property, window }: Of<'event_number'>, reading: Reading): Amounts {
  const { aggregates, params } = reading;
  const steps = stepsSql(property, params);
  const isTaken = `(${steps}) IS NOT NULL`;
  const value: TypedSql = { type: 'Int64', sql: `assumeNotNull(${steps})` };
  const matching = aggregates.matching(event);
  switch (window.kind) {
    case 'session':
      return ofArray(sessionValues(reading, narrowed(matching, isTaken), value));
    case 'since_event':
      return ofArray(
        `arrayMap(i -> i.3, ${latestItems(reading, { match: event, value, isTaken, window })})`,
      );
    default: {
      // The window first: it spares reading what is outside it.
      const rows = narrowed(inWindow(matching, window, reading), isTaken);
      const of = (name: string) => aggregates.ofEvents(name, rows, value);
      return {
        sum: of('sum'),
        count: aggregates.count(rows),
        min: of('min'),
        max: of('max'),
      };
    }
  }
}

function ofArray(values: string): Amounts {
  return {
    sum: `arraySum(${values})`,
    count: `length(${values})`,
    min: `arrayMin(${values})`,
    max: `arrayMax(${values})`,
  };
}

export function recencySql({ event }: Of<'recency'>, reading: Reading): string {
  const now = reading.params.bind('Int64', reading.clock.now);
  return `(${now} - ${lastTime(reading, event)}) / ${DAY_MS}`;
}

export function activeDaysSql({ event, days }: Of<'active_days'>, reading: Reading): string {
  const { aggregates, clock, params } = reading;
  const rows = inWindow(aggregates.matching(event), { kind: 'last_days', days: days - 1 }, reading);
  // A bit a day, since a set of days a person takes several times as long.
  const today = daySql(params.bind('Int64', clock.now), clock, params);
  const day = `bitShiftLeft(toUInt128(1), ${today} - ${daySql(EVENT_MS, clock, params)})`;
  return `bitCount(${aggregates.ofEvents('groupBitOr', rows, { type: 'UInt128', sql: day })})`;
}

/** Each start is followed on its own, step by step: `(start, last, steps gone)`. */
export function funnelSql({ steps, withinMinutes }: Of<'funnel'>, reading: Reading): string {
  const [first = '[]', ...later] = steps.map((step) => latestTimes(reading, step));
  const within = withinMinutes * MINUTE_MS;
  let chains = `arrayMap(t -> (t, t, 1), ${first})`;
  for (const [index, times] of later.entries()) {
    const isNext = `t -> t > c.2 AND t - c.1 <= ${within}`;
    chains = `arrayMap(c -> if(c.3 = ${index + 1} AND arrayExists(${isNext}, ${times}), (c.1, arrayFirst(${isNext}, ${times}), ${index + 2}), c), ${chains})`;
  }
  return `arrayMax(arrayPushBack(arrayMap(c -> c.3, ${chains}), 0))`;
}
