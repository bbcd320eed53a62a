import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../measure/sql/query.ts';
import { RECORDED_COLUMNS, recordedRow } from './recorded-row.ts';

const PAGE = 5_000;

/** All events of some profiles in the order in which they ran, less those of bots, page by page. */
export async function* listRecordedEvents(
  log: EventLogReader,
  profileIds: readonly ProfileId[],
): AsyncGenerator<readonly RecordedEvent[]> {
  let after = '0';
  for (;;) {
    const params = new SqlParams();
    const sql = `
      SELECT ${RECORDED_COLUMNS} FROM events
      WHERE ${WORKSPACE} AND profile_id IN ${params.bind('Array(String)', profileIds)}
        AND NOT is_bot AND seq > ${params.bind('UInt64', after)}
      ORDER BY seq LIMIT ${params.bind('UInt32', PAGE)}`;
    const page = await runQuery(log, { sql, params, row: recordedRow });
    if (page.length > 0) {
      yield page;
    }
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) {
      return;
    }
    after = last.seq;
  }
}
