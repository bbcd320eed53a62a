import { commerce } from '@tenth/model/event.ts';
import { currencyDigits } from '@tenth/model/money.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { minorSql } from '../sql/money-sql.ts';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

export interface OrderCell {
  readonly day: string;
  readonly channel: string;
  /** The first order ever of each of these people. */
  readonly isFirst: boolean;
  readonly orders: number;
  /** Those of them in the shop's currency. */
  readonly paidOrders: number;
  /** What those came to. */
  readonly totalMinor: number;
  readonly pieces: number;
}

const row = z
  .object({
    day: z.string(),
    channel: z.string(),
    first: z.coerce.boolean(),
    orders: z.coerce.number(),
    paid_orders: z.coerce.number(),
    total_minor: z.coerce.number(),
    bought: z.coerce.number(),
  })
  .transform(
    (counted): OrderCell => ({
      day: counted.day,
      channel: counted.channel,
      isFirst: counted.first,
      orders: counted.orders,
      paidOrders: counted.paid_orders,
      totalMinor: counted.total_minor,
      pieces: Math.max(0, Math.round(counted.bought)),
    }),
  );

/**
 * Orders of the period. One reported twice (by browser and server) is one: the same order id of the
 * same person, at its first mention, so the whole log is asked.
 */
export async function countOrders(
  log: EventLogReader,
  input: { readonly currency: string; readonly period: ReportPeriod },
): Promise<readonly OrderCell[]> {
  const params = new SqlParams();
  const currency = params.bind('String', input.currency);
  const isPaid = `(made_in = '' OR made_in = ${currency})`;
  const sql = `
    WITH ${PEOPLE},
    mentions AS (
      SELECT ${personOf('e')} AS person, if(e.order_id = '', e.message_id, e.order_id) AS made,
        min((e.timestamp, e.seq)) AS first_mention,
        argMin((toString(e.channel), e.value, toString(e.currency), e.pieces), (e.timestamp, e.seq)) AS facts
      FROM events AS e ${joinPeople('e')}
      WHERE ${WORKSPACE} AND NOT e.is_bot AND e.type = 'track'
        AND e.event = ${params.bind('String', commerce.orderCompleted)}
        AND e.timestamp < ${params.bindTime(input.period.toMs)}
      GROUP BY person, made
    ),
    orders AS (
      SELECT first_mention.1 AS made_at, facts.1 AS came_by, facts.2 AS amount, facts.3 AS made_in,
        facts.4 AS piece_count,
        row_number() OVER (PARTITION BY person ORDER BY first_mention) = 1 AS is_first
      FROM mentions
    )
    SELECT toString(toDate(made_at, ${params.bind('String', input.period.timeZone)})) AS day,
      came_by AS channel, is_first AS first, count() AS orders, countIf(${isPaid}) AS paid_orders,
      sumIf(${minorSql('amount', currencyDigits(input.currency), params)}, ${isPaid}) AS total_minor,
      sum(piece_count) AS bought
    FROM orders WHERE made_at >= ${params.bindTime(input.period.fromMs)}
    GROUP BY day, channel, first`;
  return runQuery(log, { sql, params, row });
}
