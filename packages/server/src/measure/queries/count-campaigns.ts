import { messageEvents } from '@tenth/model/event.ts';
import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import { z } from 'zod';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

/** People, as in the campaign's report. */
export interface CampaignCounts {
  readonly shown: number;
  readonly withheld: number;
  readonly seen: number;
  readonly clicked: number;
}

const row = z.object({
  campaign: z.string(),
  shown: z.coerce.number(),
  withheld: z.coerce.number(),
  seen: z.coerce.number(),
  clicked: z.coerce.number(),
});

/**
 * The last 30 days of every campaign that decided anything, in one query.
 *
 * @returns By campaign id; a campaign without decisions is not in it.
 */
export async function countCampaigns(
  log: EventLogReader,
  now: EpochMs,
): Promise<ReadonlyMap<string, CampaignCounts>> {
  const params = new SqlParams();
  const since = now - 30 * DAY_MS;
  const sql = `
    WITH ${PEOPLE},
    made AS (
      SELECT decision_id, toString(campaign_id) AS campaign, toString(arm) AS arm,
        ${personOf('d')} AS person
      FROM decisions AS d ${joinPeople('d')}
      WHERE ${WORKSPACE} AND NOT is_bot
        AND at >= ${params.bindTime(since)} AND at < ${params.bindTime(now)}
    ),
    answers AS (
      SELECT decision_id AS answered_id,
        countIf(event = ${params.bind('String', messageEvents.clicked)}) > 0 AS is_clicked
      FROM events
      WHERE ${WORKSPACE} AND event IN ${params.bind('Array(String)', Object.values(messageEvents))}
        AND type = 'track' AND NOT is_bot AND decision_id != ''
        AND timestamp >= ${params.bindTime(since - DAY_MS)}
      GROUP BY answered_id
    )
    SELECT campaign,
      uniqExactIf(person, arm = 'treatment') AS shown,
      uniqExactIf(person, arm = 'holdout') AS withheld,
      uniqExactIf(person, arm = 'treatment' AND answered_id != '') AS seen,
      uniqExactIf(person, arm = 'treatment' AND is_clicked) AS clicked
    FROM made LEFT JOIN answers ON answered_id = made.decision_id
    GROUP BY campaign`;
  const rows = await runQuery(log, { sql, params, row });
  return new Map(rows.map(({ campaign, ...counts }) => [campaign, counts]));
}
