import type { ProfileId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { TimelineEvent } from '@tenth/model/timeline-event.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { findPersonProfiles } from './find-person-profiles.ts';
import { TIMELINE_COLUMNS, timelineRow } from './timeline-rows.ts';

export interface PersonEventsPage {
  readonly events: readonly TimelineEvent[];
  /** Give it as `before` for the page after; null at the end. */
  readonly next: string | null;
}

/**
 * A person's timeline over all their profiles, the latest first.
 *
 * @throws {Problem} body-invalid: `before` is no cursor of this list.
 */
export async function listPersonEvents(
  log: EventLogReader,
  input: {
    readonly profileId: ProfileId;
    readonly limit: number;
    readonly before?: string | undefined;
  },
): Promise<PersonEventsPage> {
  const { profileIds } = await findPersonProfiles(log, input.profileId);
  const params = new SqlParams();
  const sql = `
    SELECT ${TIMELINE_COLUMNS} FROM events
    WHERE ${WORKSPACE} AND profile_id IN ${params.bind('Array(String)', profileIds)}
      ${beforeSql(input.before, params)}
    ORDER BY timestamp DESC, seq DESC LIMIT ${params.bind('UInt32', input.limit + 1)}`;
  const rows = await runQuery(log, { sql, params, row: timelineRow });
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    events: page.map(({ event }) => event),
    next: rows.length > page.length && last !== undefined ? `${last.atMs}_${last.seq}` : null,
  };
}

function beforeSql(cursor: string | undefined, params: SqlParams): string {
  if (cursor === undefined) {
    return '';
  }
  const [, atMs, seq] = /^(\d{1,15})_(\d{1,19})$/.exec(cursor) ?? [];
  if (atMs === undefined || seq === undefined) {
    throw new Problem('body-invalid', 'Give `next` of the page before.', 'before');
  }
  const at = params.bindTime(Number(atMs));
  return `AND (timestamp, seq) < (${at}, ${params.bind('UInt64', seq)})`;
}
