import { commerce } from '@tenth/model/event.ts';
import { currencyDigits } from '@tenth/model/money.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { minorSql } from '../sql/money-sql.ts';
import { MERGED, PERSON_KEY } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { cellKeySql, inBuildSql } from './cell-key-sql.ts';
import type { LevelBuild } from './level-build.ts';

/** What the people of a cell bought in the period. */
export interface CountedCell {
  readonly key: number;
  readonly people: number;
  readonly buyers: number;
  readonly orders: number;
  /** Of orders in the shop's currency, or without one. */
  readonly revenueMinor: number;
}

const numbers = z.array(z.number());
/** Column by column, since there may be a hundred thousand cells. */
const row = z.object({
  keys: numbers,
  people: numbers,
  buyers: numbers,
  orders: numbers,
  revenue: numbers,
});

/**
 * Counts everybody and their orders, cell by cell. An order is counted as in the shop's report: the same
 * order id of the same person is one, at its first mention ever.
 */
export async function countCells(
  log: EventLogReader,
  input: {
    readonly build: LevelBuild;
    readonly variables: readonly string[];
    readonly period: ReportPeriod;
    readonly currency: string;
  },
): Promise<readonly CountedCell[]> {
  const params = new SqlParams();
  const { build, variables, period } = input;
  const currency = params.bind('String', input.currency);
  const from = params.bindTime(period.fromMs);
  const to = params.bindTime(period.toMs);
  const isOrder = `${WORKSPACE} AND NOT is_bot AND type = 'track'
        AND event = ${params.bind('String', commerce.orderCompleted)}`;
  // Numbers, since texts and tuples take several times as long to group and to compare.
  const order = `cityHash64(${PERSON_KEY}, if(order_id = '', message_id, order_id))`;
  const place =
    'bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(timestamp)), 64), toUInt128(seq))';
  const minor = minorSql('value', currencyDigits(input.currency), params);
  const paid = `if(currency = '' OR currency = ${currency}, ${minor}, 0)`;
  const sql = `
    WITH ${MERGED},
    made AS (
      SELECT ${order} AS made_order, any(${PERSON_KEY}) AS buyer, argMin(${paid}, ${place}) AS minor
      FROM events
      WHERE ${isOrder} AND timestamp >= ${from} AND timestamp < ${to}
        AND ${order} NOT IN (SELECT ${order} FROM events WHERE ${isOrder} AND timestamp < ${from})
      GROUP BY made_order
    ),
    bought AS (
      SELECT buyer, count() AS orders, sum(minor) AS revenue FROM made GROUP BY buyer
    ),
    cells AS (
      SELECT ${cellKeySql(build, variables, params)} AS cell, toUInt32(count()) AS people,
        toUInt32(countIf(bought.orders > 0)) AS buyers, toUInt32(sum(bought.orders)) AS orders,
        sum(bought.revenue) AS revenue
      FROM person_levels LEFT JOIN bought ON bought.buyer = person_hash
      WHERE ${inBuildSql(build, params)}
      GROUP BY cell
    )
    SELECT groupArray(toFloat64(cell)) AS keys, groupArray(people) AS people,
      groupArray(buyers) AS buyers, groupArray(orders) AS orders, groupArray(revenue) AS revenue
    FROM cells`;
  const [columns] = await runQuery(log, { sql, params, row });
  return (columns?.keys ?? []).map((key, index) => ({
    key,
    people: columns?.people[index] ?? 0,
    buyers: columns?.buyers[index] ?? 0,
    orders: columns?.orders[index] ?? 0,
    revenueMinor: columns?.revenue[index] ?? 0,
  }));
}
