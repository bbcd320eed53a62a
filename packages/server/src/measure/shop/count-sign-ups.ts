import type { EventMatch } from '@tenth/model/event-match.ts';
import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { eventMatchSql } from '../sql/event-match-sql.ts';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

export interface SignUpCell {
  readonly day: string;
  readonly channel: string;
  readonly people: number;
}

const row = z.object({ day: z.string(), channel: z.string(), people: z.coerce.number() });

/** People who signed up in the period, by the day and channel of the first time they did. */
export async function countSignUps(
  log: EventLogReader,
  input: { readonly signUp: EventMatch; readonly period: ReportPeriod },
): Promise<readonly SignUpCell[]> {
  const params = new SqlParams();
  const { fromMs, toMs, timeZone } = input.period;
  const sql = `
    WITH ${PEOPLE},
    sign_ups AS (
      SELECT ${personOf('e')} AS person, min(e.timestamp) AS first_at,
        argMin(toString(e.channel), (e.timestamp, e.seq)) AS came_by
      FROM events AS e ${joinPeople('e')}
      WHERE ${WORKSPACE} AND NOT e.is_bot AND ${eventMatchSql(input.signUp, params)}
        AND e.timestamp >= ${params.bindTime(fromMs)} AND e.timestamp < ${params.bindTime(toMs)}
      GROUP BY person
    )
    SELECT toString(toDate(first_at, ${params.bind('String', timeZone)})) AS day,
      came_by AS channel, count() AS people
    FROM sign_ups GROUP BY day, channel`;
  return runQuery(log, { sql, params, row });
}
