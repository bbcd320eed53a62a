import { unreachable } from '@tenth/model/brand.ts';
import type { LeafCondition, SessionField } from '@tenth/model/condition.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { currencyDigits } from '@tenth/model/money.ts';
import type { DeviceColumn, DeviceState } from '../sql/profile-tables.ts';
import type { SqlParams } from '../sql/query.ts';
import { testSql } from '../sql/value-test-sql.ts';
import type { Reading } from './items-sql.ts';
import { type LocalTimes, localTimeSql } from './local-time-sql.ts';

const deviceFigures = [
  'cart_total',
  'cart_quantity',
  'session_pages',
  'local_hour',
  'local_weekday',
] as const satisfies readonly NumberMeasure['kind'][];

export type DeviceFigure = Extract<NumberMeasure, { kind: (typeof deviceFigures)[number] }>;

export function isDeviceFigure<Measure extends { readonly kind: string }>(
  measure: Measure,
): measure is Extract<Measure, { kind: DeviceFigure['kind'] }> {
  return deviceFigures.some((kind) => kind === measure.kind);
}

/** A figure that follows from the state of the device alone. */
export function deviceFigureSql(
  measure: DeviceFigure,
  state: DeviceState,
  { params, times }: { readonly params: SqlParams; readonly times: LocalTimes },
): string {
  switch (measure.kind) {
    case 'cart_total': {
      const { currency } = measure;
      const total = `${state('cart_minor')} / ${10 ** currencyDigits(currency)}`;
      return `if(${state('cart_currency')} = ${params.bind('String', currency)}, ${total}, NULL)`;
    }
    case 'cart_quantity':
    case 'session_pages':
      return state(measure.kind);
    case 'local_hour':
    case 'local_weekday':
      return localTimeSql(measure.kind, times, { state, params });
    default:
      return unreachable(measure);
  }
}

type Leaf<Kind extends LeafCondition['kind']> = Extract<LeafCondition, { kind: Kind }>;

/** A test of a fact of the session, which is a text. */
export function sessionSql(
  { field, test }: Leaf<'session'>,
  { aggregates, params, clock }: Reading,
): string {
  const column = sessionColumns[field];
  switch (test.op) {
    case 'is':
      return aggregates.deviceHolds(isOneOfTexts(column, [test.value], params));
    case 'in':
      return aggregates.deviceHolds(isOneOfTexts(column, test.values, params));
    case 'is_not':
      return `NOT ${aggregates.deviceHolds(isOneOfTexts(column, [test.value], params))}`;
    case 'not_in':
      return `NOT ${aggregates.deviceHolds(isOneOfTexts(column, test.values, params))}`;
    default:
      return testSql(test, `toJSONString(${aggregates.state(column)})`, params, clock);
  }
}

/** As {@link testSql} has it, without the way through JSON: of a column of few texts each is folded once. */
function isOneOfTexts(
  column: DeviceColumn,
  values: readonly (string | number | boolean)[],
  params: SqlParams,
): string {
  const texts = values.filter((value) => typeof value === 'string');
  const wanted = `arrayMap(t -> lowerUTF8(t), ${params.bind('Array(String)', texts)})`;
  return `has(${wanted}, lowerUTF8(${column}))`;
}

/** A test of one field of all products in the cart. */
export function cartProductSql(
  { field, test }: Leaf<'cart_product'>,
  { aggregates, params, clock }: Reading,
): string {
  const read = `JSONExtractString(i, ${cartPlaces[field]})`;
  const items = `JSONExtractArrayRaw(${aggregates.state('cart_items')})`;
  return testSql(test, `toJSONString(arrayMap(i -> ${read}, ${items}))`, params, clock);
}

export function isOneOfSql(
  column: DeviceColumn,
  values: readonly string[],
  { aggregates, params }: Reading,
): string {
  return aggregates.deviceHolds(`has(${params.bind('Array(String)', values)}, ${column})`);
}

const cartPlaces = { product_id: 1, name: 2, category: 3, brand: 4 } as const;

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
