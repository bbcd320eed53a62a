import { messageEvents } from '@tenth/model/event.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

export interface MessagePeople {
  readonly shown: number;
  readonly seen: number;
  readonly clicked: number;
}

const row = z.object({
  shown: z.coerce.number(),
  seen: z.coerce.number(),
  clicked: z.coerce.number(),
});

/** People to whom any campaign decided to show a message in the period, and how they answered it. */
export async function countMessagePeople(
  log: EventLogReader,
  period: ReportPeriod,
): Promise<MessagePeople> {
  const params = new SqlParams();
  const sql = `
    WITH ${PEOPLE},
    made AS (
      SELECT decision_id, ${personOf('d')} AS person
      FROM decisions AS d ${joinPeople('d')}
      WHERE ${WORKSPACE} AND arm = 'treatment' AND NOT is_bot
        AND at >= ${params.bindTime(period.fromMs)} AND at < ${params.bindTime(period.toMs)}
    ),
    answers AS (
      SELECT decision_id AS answered_id,
        countIf(event = ${params.bind('String', messageEvents.clicked)}) > 0 AS is_clicked
      FROM events
      WHERE ${WORKSPACE} AND event IN ${params.bind('Array(String)', Object.values(messageEvents))}
        AND type = 'track' AND NOT is_bot
        AND timestamp >= ${params.bindTime(period.fromMs - DAY_MS)}
        AND decision_id IN (SELECT decision_id FROM made)
      GROUP BY answered_id
    )
    SELECT uniqExact(person) AS shown, uniqExactIf(person, answered_id != '') AS seen,
      uniqExactIf(person, is_clicked) AS clicked
    FROM made LEFT JOIN answers ON answered_id = made.decision_id`;
  const [counted] = await runQuery(log, { sql, params, row });
  return counted ?? { shown: 0, seen: 0, clicked: 0 };
}
