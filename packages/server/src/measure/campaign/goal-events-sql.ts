import type { Campaign } from '@tenth/model/campaign.ts';
import { currencyDigits } from '@tenth/model/money.ts';
import type { ReportPeriod } from '../report-period.ts';
import { eventMatchSql } from '../sql/event-match-sql.ts';
import { eventPathSql } from '../sql/event-path-sql.ts';
import { minorSql } from '../sql/money-sql.ts';
import { PERSON_KEY } from '../sql/people.ts';
import { type SqlParams, WORKSPACE } from '../sql/query.ts';

export interface GoalEventsInput {
  readonly campaign: Campaign;
  readonly period: ReportPeriod;
  readonly shopCurrency: string;
  readonly windowMs: number;
}

/** Every goal event that could end a window opened in the period, with its value. Needs `merged`. */
export function goalEventsSql(input: GoalEventsInput, params: SqlParams): string {
  const { campaign, period, windowMs } = input;
  return `
    SELECT ${PERSON_KEY} AS person, e.timestamp AS at, e.seq AS seq,
      ${valueSql(input, params)} AS value_minor
    FROM events AS e
    WHERE ${WORKSPACE} AND ${eventMatchSql(campaign.goal.event, params)} AND NOT e.is_bot
      AND e.timestamp > ${params.bindTime(period.fromMs)}
      AND e.timestamp <= ${params.bindTime(period.toMs + windowMs)}`;
}

/** An event without a currency is in the shop's; one in another than the goal's is worth nothing to it. */
function valueSql(input: GoalEventsInput, params: SqlParams): string {
  const { value } = input.campaign.goal;
  if (value === undefined) {
    return 'toFloat64(0)';
  }
  const raw = eventPathSql(eventPathOf(value.path), params);
  const amount = `if(JSONType(${raw}) = 'String', toFloat64OrZero(trimBoth(JSONExtractString(${raw}))), JSONExtractFloat(${raw}))`;
  const currency = `if(e.currency = '', ${params.bind('String', input.shopCurrency)}, toString(e.currency))`;
  const minor = minorSql(amount, currencyDigits(value.currency), params);
  return `if(${currency} = ${params.bind('String', value.currency)} AND isFinite(${amount}), ${minor}, 0)`;
}

/** A goal's value is mostly written as `properties.total`; a bare `total` means the same. */
function eventPathOf(path: string): string {
  return /^(properties|traits|context)\./.test(path) ? path : `properties.${path}`;
}
