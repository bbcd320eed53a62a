import { z } from 'zod';
import type { ReportPeriod } from '../report-period.ts';
import { joinPeople, PEOPLE, personOf } from '../sql/people.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';

export interface Traffic {
  readonly visitors: number;
  readonly pageViews: number;
  readonly events: number;
  readonly botEvents: number;
}

const row = z
  .object({
    visitors: z.coerce.number(),
    page_views: z.coerce.number(),
    people_events: z.coerce.number(),
    bot_events: z.coerce.number(),
  })
  .transform(
    (counted): Traffic => ({
      visitors: counted.visitors,
      pageViews: counted.page_views,
      events: counted.people_events,
      botEvents: counted.bot_events,
    }),
  );

/** Everything that arrived in the period, bots apart. A visitor is a person with a visit begun in it. */
export async function countTraffic(log: EventLogReader, period: ReportPeriod): Promise<Traffic> {
  const params = new SqlParams();
  const from = params.bindTime(period.fromMs);
  const sql = `
    WITH ${PEOPLE}
    SELECT
      uniqExactIf(${personOf('e')},
        NOT e.is_bot AND e.session_id != '' AND e.session_started_at >= ${from}) AS visitors,
      countIf(NOT e.is_bot AND e.type IN ('page', 'screen')) AS page_views,
      countIf(NOT e.is_bot) AS people_events,
      countIf(e.is_bot) AS bot_events
    FROM events AS e ${joinPeople('e')}
    WHERE ${WORKSPACE} AND e.timestamp >= ${from}
      AND e.timestamp < ${params.bindTime(period.toMs)}`;
  const [traffic] = await runQuery(log, { sql, params, row });
  return traffic ?? { visitors: 0, pageViews: 0, events: 0, botEvents: 0 };
}
