import type { Campaign } from '@tenth/model/campaign.ts';
import { messageEvents } from '@tenth/model/event.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

/** Distinct people. */
export interface ResponseCounts {
  /** Variant or local day; empty for the whole. */
  readonly key: string;
  readonly shown: number;
  readonly withheld: number;
  readonly seen: number;
  readonly clicked: number;
  readonly dismissed: number;
}

const row = z.object({
  key: z.string(),
  shown: z.coerce.number(),
  withheld: z.coerce.number(),
  seen: z.coerce.number(),
  clicked: z.coerce.number(),
  dismissed: z.coerce.number(),
});

/**
 * Counts the people to whom the period's decisions showed or withheld, and how they answered those very
 * messages, whenever the answer came. A click or a dismissal proves that the message was seen, even
 * where that event got lost.
 */
export async function countResponses(
  log: EventLogReader,
  input: {
    readonly campaign: Campaign;
    readonly period: ReportPeriod;
    readonly by: 'all' | 'variant' | 'day';
  },
): Promise<readonly ResponseCounts[]> {
  const params = new SqlParams();
  const { fromMs, toMs, timeZone } = input.period;
  const keys = {
    all: () => "''",
    variant: () => 'toString(made.variant_id)',
    day: () => `toString(toDate(made.at, ${params.bind('String', timeZone)}))`,
  };
  const sql = `
    WITH ${PEOPLE},
    made AS (
      SELECT decision_id, toString(arm) AS arm, variant_id, at, ${personOf('d')} AS person
      FROM decisions AS d ${joinPeople('d')}
      WHERE ${WORKSPACE} AND campaign_id = ${params.bind('String', input.campaign.id)} AND NOT is_bot
        AND at >= ${params.bindTime(fromMs)} AND at < ${params.bindTime(toMs)}
    ),
    answers AS (
      SELECT decision_id AS answered_id,
        countIf(event = ${params.bind('String', messageEvents.clicked)}) > 0 AS is_clicked,
        countIf(event = ${params.bind('String', messageEvents.dismissed)}) > 0 AS is_dismissed
      FROM events
      WHERE ${WORKSPACE} AND event IN ${params.bind('Array(String)', Object.values(messageEvents))}
        AND type = 'track' AND NOT is_bot
        -- A browser's clock may be a little behind; no answer is a day early.
        AND timestamp >= ${params.bindTime(fromMs - DAY_MS)}
        AND decision_id IN (SELECT decision_id FROM made)
      GROUP BY answered_id
    )
    SELECT ${keys[input.by]()} AS key,
      uniqExactIf(person, arm = 'treatment') AS shown,
      uniqExactIf(person, arm = 'holdout') AS withheld,
      uniqExactIf(person, arm = 'treatment' AND answered_id != '') AS seen,
      uniqExactIf(person, arm = 'treatment' AND is_clicked) AS clicked,
      uniqExactIf(person, arm = 'treatment' AND is_dismissed) AS dismissed
    FROM made LEFT JOIN answers ON answered_id = made.decision_id
    GROUP BY key ORDER BY key`;
  return runQuery(log, { sql, params, row });
}
