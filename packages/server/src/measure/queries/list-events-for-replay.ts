import type { SiteEvent } from '@tenth/model/event.ts';
import { type ProfileId, profileId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { z } from 'zod';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { EVENT_COLUMNS, eventColumns, restoreEvent } from './restore-event.ts';

export interface ReplayEvent {
  /** Place in the log; a number of 64 bits as text. Give the last one as `after` for the next page. */
  readonly seq: string;
  /** The profile it was filed under then. */
  readonly profileId: ProfileId;
  readonly event: SiteEvent;
}

const row = eventColumns.extend({ place: z.string(), profile_id: profileId }).transform(
  (found): ReplayEvent => ({
    seq: found.place,
    profileId: found.profile_id,
    event: restoreEvent(found),
  }),
);

/**
 * Events of some profiles in the order of their commits, whole, to be run through the engine again: to
 * give back both sides of a merge, or to simulate a campaign. Bots' events are among them, as they were.
 *
 * @param input.profileIds The profiles themselves; merges are not followed (see `findPersonProfiles`).
 * @param input.since      Events that happened from then on.
 */
export async function listEventsForReplay(
  log: EventLogReader,
  input: {
    readonly profileIds: readonly ProfileId[];
    readonly since: EpochMs;
    readonly after?: string | undefined;
    readonly limit?: number;
  },
): Promise<readonly ReplayEvent[]> {
  const params = new SqlParams();
  const sql = `
    SELECT toString(seq) AS place, profile_id, ${EVENT_COLUMNS} FROM events
    WHERE ${WORKSPACE} AND profile_id IN ${params.bind('Array(String)', input.profileIds)}
      AND timestamp >= ${params.bindTime(input.since)}
      AND seq > ${params.bind('UInt64', input.after ?? '0')}
    ORDER BY seq LIMIT ${params.bind('UInt32', input.limit ?? 10_000)}`;
  return runQuery(log, { sql, params, row });
}
