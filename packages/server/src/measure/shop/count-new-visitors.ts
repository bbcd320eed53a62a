import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

export interface NewVisitorCell {
  readonly day: string;
  readonly people: number;
}

const row = z.object({ day: z.string(), people: z.coerce.number() });

/**
 * People whose first visit ever began in the period, by its local day. Asked of the whole log and not of
 * `is_new_visitor`, since a browser that looked new may since have turned out to be somebody known.
 */
export async function countNewVisitors(
  log: EventLogReader,
  period: ReportPeriod,
): Promise<readonly NewVisitorCell[]> {
  const params = new SqlParams();
  const sql = `
    WITH ${PEOPLE},
    firsts AS (
      SELECT ${personOf('e')} AS person, min(e.session_started_at) AS first_at
      FROM events AS e ${joinPeople('e')}
      WHERE ${WORKSPACE} AND NOT e.is_bot AND e.session_id != ''
        AND e.timestamp < ${params.bindTime(period.toMs)}
      GROUP BY person
      HAVING first_at >= ${params.bindTime(period.fromMs)}
    )
    SELECT toString(toDate(first_at, ${params.bind('String', period.timeZone)})) AS day,
      count() AS people
    FROM firsts GROUP BY day`;
  return runQuery(log, { sql, params, row });
}
