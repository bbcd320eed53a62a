import { affinityEvents } from '@tenth/engine/reduce/affinity.ts';
import type { SessionField } from '@tenth/model/condition.ts';
import { commerce } from '@tenth/model/event.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { currencyDigits } from '@tenth/model/money.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import type { DeviceColumn } from '../sql/profile-tables.ts';
import type { Reading } from './items-sql.ts';
import { EVENT_MS } from './person-aggregates.ts';
import type { EventRows, TypedSql } from './person-rows.ts';

type Of<Kind extends NumberMeasure['kind']> = Extract<NumberMeasure, { kind: Kind }>;

export function cartTotalSql({ currency }: Of<'cart_total'>, { aggregates, params }: Reading) {
  const total = `${aggregates.state('cart_minor')} / ${10 ** currencyDigits(currency)}`;
  return `if(${aggregates.state('cart_currency')} = ${params.bind('String', currency)}, ${total}, NULL)`;
}

const cartPlaces = { product_id: 1, name: 2, category: 3, brand: 4 } as const;

/** JSON array of one field of all products in the cart. */
export function cartProductsSql(field: keyof typeof cartPlaces, { aggregates }: Reading): string {
  const items = aggregates.state('cart_items');
  const read = `JSONExtractString(i, ${cartPlaces[field]})`;
  return `toJSONString(arrayMap(i -> ${read}, JSONExtractArrayRaw(${items})))`;
}

const sessionColumns = {
  channel: 'channel',
  source: 'source',
  medium: 'medium',
  campaign: 'campaign',
  content: 'content',
  keyword: 'keyword',
  referrer_host: 'referrer_host',
  landing_path: 'landing_path',
  landing_category: 'landing_category',
  device: 'session_device',
  os: 'session_os',
  browser: 'session_browser',
  country: 'country',
  region: 'region',
  city: 'city',
  time_zone: 'time_zone',
} as const satisfies Record<SessionField, DeviceColumn>;

/** JSON text of a fact of the session. */
export function sessionFieldSql(field: SessionField, { aggregates }: Reading): string {
  return `toJSONString(${aggregates.state(sessionColumns[field])})`;
}

/** Visits of devices that have a name; of the nameless one only where it is the one looked at. */
export function sessionsSql({ aggregates }: Reading): string {
  // The same session may still stand in more than one row of a profile.
  const sessions = (column: string) =>
    `length(arrayDistinct(${aggregates.ofProfiles('groupArrayArray', { type: 'Array(UInt64)', sql: column })}))`;
  const isNameless = aggregates.stateOf({ type: 'UInt8', sql: "anonymous_id = ''" });
  return `(${sessions('sessions')} + if(${isNameless}, ${sessions('nameless_sessions')}, 0))`;
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
  const rows: EventRows = {
    names: [...affinityEvents],
    since: undefined,
    when: `has(interest_keys, ${bound})`,
  };
  return aggregates.ofEvents('sum', rows, { type: 'Float64', sql: added });
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
    return aggregates.ofEvents('uniqExact', rows, { type: 'String', sql: 'order_key' });
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
