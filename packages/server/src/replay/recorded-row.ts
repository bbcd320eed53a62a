import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import { profileId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import { identifiersOf } from '../identify/identifier.ts';
import { EVENT_COLUMNS, eventColumns, restoreEvent } from '../measure/queries/restore-event.ts';

/** Columns of `events`, besides `seq`, that a {@link RecordedEvent} is put together from. */
export const RUN_COLUMNS = `
  profile_id, decide_at, plan_version, is_first, absorbed_id, ${EVENT_COLUMNS}`;

export const RECORDED_COLUMNS = `toString(seq) AS place, ${RUN_COLUMNS}`;

export const recordedColumns = eventColumns.extend({
  place: z.string(),
  profile_id: profileId,
  decide_at: z.coerce.number(),
  plan_version: z.coerce.number(),
  is_first: z.coerce.boolean(),
  absorbed_id: z.union([z.literal(''), profileId]),
});

export const recordedRow = recordedColumns.transform(toRecorded);

export function toRecorded(row: z.infer<typeof recordedColumns>): RecordedEvent {
  const event = restoreEvent(row);
  return {
    seq: row.place,
    profileId: row.profile_id,
    event,
    userId: identifiersOf(event).user?.value,
    decideAt: row.decide_at === 0 ? undefined : row.decide_at,
    planVersion: row.plan_version,
    isFirst: row.is_first,
    absorbed: row.absorbed_id === '' ? undefined : row.absorbed_id,
  };
}
