import { unreachable } from '@tenth/model/brand.ts';
import { AMOUNT_STEPS, MOST_DISTINCT, type NumberMeasure } from '@tenth/model/measure.ts';
import { DAY_MS, MINUTE_MS } from '@tenth/model/time.ts';
import {
  lastTime,
  latestItems,
  latestTimes,
  type Reading,
  scalarSql,
  sessionValues,
  stepsSql,
} from './items-sql.ts';
import { EVENT_MS } from './person-aggregates.ts';
import { daySql, lastDays, windowSql } from './window-sql.ts';

type Of<Kind extends NumberMeasure['kind']> = Extract<NumberMeasure, { kind: Kind }>;

export function eventCountSql({ event, window }: Of<'event_count'>, reading: Reading): string {
  const { aggregates, clock, params } = reading;
  const match = aggregates.matching(event);
  switch (window.kind) {
    case 'session':
      return `length(${sessionValues(reading, match, '1')})`;
    case 'since_event': {
      const since = lastTime(reading, window.event);
      return `arrayCount(t -> ifNull(t > ${since}, 0), ${latestTimes(reading, event)})`;
    }
    default:
      return aggregates.column(
        `countIf(${match} AND ${windowSql(window, EVENT_MS, clock, params)})`,
      );
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
  const { aggregates, clock, params } = reading;
  const value = scalarSql(property, params);
  switch (window.kind) {
    case 'session': {
      const match = `${aggregates.matching(event)} AND ${value} != ''`;
      return `length(arrayDistinct(${sessionValues(reading, match, value)}))`;
    }
    case 'since_event': {
      const items = latestItems(reading, {
        match: event,
        value,
        isTaken: `${value} != ''`,
        window,
      });
      return `length(arrayDistinct(arrayMap(i -> i.3, ${items})))`;
    }
    default: {
      const within = windowSql(window, EVENT_MS, clock, params);
      return aggregates.column(
        `uniqExactIf(${value}, ${aggregates.matching(event)} AND ${value} != '' AND ${within})`,
      );
    }
  }
}

interface Amounts {
  readonly sum: string;
  readonly count: string;
  readonly min: string;
  readonly max: string;
}

function amountsSql({ event, property, window }: Of<'event_number'>, reading: Reading): Amounts {
  const { aggregates, clock, params } = reading;
  const steps = stepsSql(property, params);
  const isTaken = `(${steps}) IS NOT NULL`;
  const value = `assumeNotNull(${steps})`;
  switch (window.kind) {
    case 'session':
      return ofArray(sessionValues(reading, `${aggregates.matching(event)} AND ${isTaken}`, value));
    case 'since_event':
      return ofArray(
        `arrayMap(i -> i.3, ${latestItems(reading, { match: event, value, isTaken, window })})`,
      );
    default: {
      const match = `${aggregates.matching(event)} AND ${isTaken} AND ${windowSql(window, EVENT_MS, clock, params)}`;
      const of = (name: string) => aggregates.column(`${name}If(${value}, ${match})`);
      return {
        sum: of('sum'),
        count: aggregates.column(`countIf(${match})`),
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
  const within = lastDays(EVENT_MS, days - 1, clock, params);
  return aggregates.column(
    `uniqExactIf(${daySql(EVENT_MS, clock, params)}, ${aggregates.matching(event)} AND ${within})`,
  );
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
