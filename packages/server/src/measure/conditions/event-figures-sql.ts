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
  sessionCount,
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
      return sessionCount(reading, rows);
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
  const amounts = amountsSql(measure, reading);
  switch (measure.measure) {
    case 'sum':
      return `ifNull(${amounts.of('sum')}, 0) / ${AMOUNT_STEPS}`;
    case 'mean':
      return ofSome(amounts, `${amounts.of('sum')} / ${amounts.count()}`);
    case 'min':
    case 'max':
      return ofSome(amounts, amounts.of(measure.measure));
    default:
      return unreachable(measure.measure);
  }
}

/** In units; null where there is no amount at all. */
function ofSome(amounts: Amounts, steps: string): string {
  return `if(${amounts.count()} = 0, NULL, ${steps} / ${AMOUNT_STEPS})`;
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

/** Amounts in steps; each aggregate is worked out only where it is asked for. */
interface Amounts {
  of(aggregate: 'sum' | 'min' | 'max'): string;
  count(): string;
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
      return {
        of: (name) =>
          name === 'sum' ? aggregates.sum(rows, value) : aggregates.ofEvents(name, rows, value),
        count: () => aggregates.count(rows),
      };
    }
  }
}

const arrayAggregates = { sum: 'arraySum', min: 'arrayMin', max: 'arrayMax' };

function ofArray(values: string): Amounts {
  return {
    of: (name) => `${arrayAggregates[name]}(${values})`,
    count: () => `length(${values})`,
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
  const back = `${today} - ${daySql(EVENT_MS, clock, params)}`;
  // Days outside the window are worked out, too, and a shift takes no others.
  const day = `bitShiftLeft(toUInt128(1), greatest(0, least(127, ${back})))`;
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
