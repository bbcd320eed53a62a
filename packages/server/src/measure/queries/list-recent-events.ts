import type { TimelineEvent } from '@tenth/model/timeline-event.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { TIMELINE_COLUMNS, timelineRow } from './timeline-rows.ts';

/** The events committed last, the latest first. */
export async function listRecentEvents(
  log: EventLogReader,
  limit: number,
): Promise<readonly TimelineEvent[]> {
  const params = new SqlParams();
  const most = params.bind('UInt32', limit);
  // The places are found by the one column first; only those rows are then read whole.
  const sql = `
    SELECT ${TIMELINE_COLUMNS} FROM events
    WHERE ${WORKSPACE} AND seq IN (
      SELECT seq FROM events WHERE ${WORKSPACE} ORDER BY seq DESC LIMIT ${most}
    )
    ORDER BY seq DESC LIMIT ${most}`;
  const rows = await runQuery(log, { sql, params, row: timelineRow });
  return rows.map(({ event }) => event);
}
