import { affinityEvents } from '@tenth/engine/reduce/affinity.ts';
import { commerce } from '@tenth/model/event.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { currencyDigits } from '@tenth/model/money.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import type { Reading } from './items-sql.ts';
import { EVENT_MS, type PersonAggregates } from './person-aggregates.ts';
import type { EventRows, TypedSql } from './person-rows.ts';

type Of<Kind extends NumberMeasure['kind']> = Extract<NumberMeasure, { kind: Kind }>;

/** Visits of devices that have a name; of the nameless one only where it is the one looked at. */
export function sessionsSql({ aggregates }: Reading): string {
  // The same session may still stand in more than one row of a profile.
  const sessions = (column: string) =>
    `length(arrayDistinct(${aggregates.ofProfiles('groupArrayArray', { type: 'Array(UInt64)', sql: column })}))`;
  return visitsSql(aggregates, sessions);
}

/** Whether these are one at most: told by the least and the greatest, so that no person's are collected. */
export function isFirstVisitSql({ aggregates }: Reading): string {
  const upToTwo = (column: string) => {
    const least = aggregates.ofProfiles('min', {
      type: 'UInt64',
      sql: `if(empty(${column}), ${GREATEST}, arrayMin(${column}))`,
    });
    const greatest = aggregates.ofProfiles('max', {
      type: 'UInt64',
      sql: `if(empty(${column}), 0, arrayMax(${column}))`,
    });
    return `multiIf(${least} > ${greatest}, 0, ${least} = ${greatest}, 1, 2)`;
  };
  return `(${visitsSql(aggregates, upToTwo)} <= 1)`;
}

/** Of UInt64. */
const GREATEST = '18446744073709551615';

function visitsSql(aggregates: PersonAggregates, count: (column: string) => string): string {
  const isNameless = aggregates.deviceHolds("anonymous_id = ''");
  return `(${count('sessions')} + if(${isNameless}, ${count('nameless_sessions')}, 0))`;
}

const HALF_LIFE_MS = 30 * DAY_MS;

export function affinitySql(
  { dimension, key, measure }: Pick<Of<'affinity'>, 'dimension' | 'key' | 'measure'>,
  reading: Reading,
): string {
  const score = interestSql(`${dimension}:${key.toLowerCase()}`, reading);
  const total = interestSql(`${dimension}:`, reading);
  const value = measure === 'share' ? `${score} / ${total}` : score;
  return `if(${total} = 0, NULL, floor(${value} * 1e6 + 0.5) / 1e6)`;
}

/** Decayed sum of what each event adds to a key. */
function interestSql(key: string, { aggregates, params, clock }: Reading): string {
  const bound = params.bind('String', key);
  const now = params.bind('Int64', clock.now);
  const added = `interest_weight * countEqual(interest_keys, ${bound}) * exp2((${EVENT_MS} - ${now}) / ${HALF_LIFE_MS})`;
  const rows: EventRows = { names: [...affinityEvents], since: undefined, when: '1' };
  return aggregates.sum(rows, { type: 'Float64', sql: added });
}

const report: TypedSql = {
  type: 'Tuple(UInt64, String, Int64, String, Int64)',
  sql: `(seq, order_key, order_minor, order_currency, ${EVENT_MS})`,
};

export function ordersSql(
  { measure, currency }: Of<'orders'>,
  reading: Reading,
  defaultCurrency: string,
): string {
  const { aggregates, params, clock } = reading;
  const rows: EventRows = {
    names: [commerce.orderCompleted],
    since: undefined,
    when: "order_key != ''",
  };
  if (measure === 'count') {
    // Most people have few: a set for each would take several times the memory of a list.
    const key = { type: 'UInt64', sql: 'cityHash64(order_key)' };
    return `arrayUniq(${aggregates.ofEvents('groupArray', rows, key)})`;
  }
  const reports = `arraySort(${aggregates.ofEvents('groupArray', rows, report)})`;
  const keys = `arrayMap(o -> o.2, ${reports})`;
  // The first report of an order stands.
  const orders = `arrayFilter((o, place) -> indexOf(${keys}, o.2) = place, ${reports}, arrayEnumerate(${reports}))`;
  switch (measure) {
    case 'total': {
      const wanted = currency ?? defaultCurrency;
      const inCurrency = `arrayFilter(o -> o.4 = ${params.bind('String', wanted)}, ${orders})`;
      return `arraySum(o -> o.3, ${inCurrency}) / ${10 ** currencyDigits(wanted)}`;
    }
    case 'days_since_last': {
      // An order's time is that of its earliest report.
      const last = `arrayMax(k -> arrayMin(o -> o.5, arrayFilter(o -> o.2 = k, ${reports})), arrayDistinct(${keys}))`;
      return `if(empty(${reports}), NULL, (${params.bind('Int64', clock.now)} - ${last}) / ${DAY_MS})`;
    }
  }
}

/** JSON text of what was last said of a trait; empty where nothing was. */
export function traitSql(name: string, { aggregates, params }: Reading): string {
  const root = "if(JSONHas(enrichment, 'traits'), enrichment, payload)";
  const bound = params.bind('String', name);
  const raw = `JSONExtractRaw(${root}, 'traits', ${bound})`;
  const rows: EventRows = {
    names: ['identify'],
    since: undefined,
    when: `(type = 'identify' AND JSONHas(${root}, 'traits', ${bound}))`,
  };
  const said = {
    type: 'Tuple(Int64, String, String)',
    sql: `(${EVENT_MS}, ${raw}, anonymous_id)`,
  };
  return `tupleElement(${aggregates.ofEvents('max', rows, said)}, 2)`;
}
