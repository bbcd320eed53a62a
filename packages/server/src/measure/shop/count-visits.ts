import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

export interface VisitCell {
  /** Local day on which the visits began. */
  readonly day: string;
  readonly channel: string;
  readonly visits: number;
}

const row = z.object({ day: z.string(), channel: z.string(), visits: z.coerce.number() });

/**
 * Visits that began in the period. A visit's first event opens it, so it is found there even if the
 * visit goes on after the period; a visit that began before is not counted again.
 */
export async function countVisits(
  log: EventLogReader,
  period: ReportPeriod,
): Promise<readonly VisitCell[]> {
  const params = new SqlParams();
  const from = params.bindTime(period.fromMs);
  const sql = `
    WITH ${PEOPLE},
    visits AS (
      SELECT ${personOf('e')} AS person, e.session_id AS session,
        min(e.session_started_at) AS started_at, argMin(toString(e.channel), e.seq) AS came_by
      FROM events AS e ${joinPeople('e')}
      WHERE ${WORKSPACE} AND NOT e.is_bot AND e.session_id != ''
        AND e.session_started_at >= ${from}
        AND e.timestamp >= ${from} AND e.timestamp < ${params.bindTime(period.toMs)}
      GROUP BY person, session
    )
    SELECT toString(toDate(started_at, ${params.bind('String', period.timeZone)})) AS day,
      came_by AS channel, count() AS visits
    FROM visits GROUP BY day, channel`;
  return runQuery(log, { sql, params, row });
}
