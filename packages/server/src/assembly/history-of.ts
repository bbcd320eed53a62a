import type { WorkspaceId } from '@tenth/model/ids.ts';
import {
  listEventsForReplay,
  type ReplayEvent,
} from '../measure/queries/list-events-for-replay.ts';
import type { EventLogReader } from '../measure/sql/query.ts';
import type { Shipper } from '../ship/shipper.ts';

/** Past events out of the log, once everything committed is in it. */
export function historyOf(shipper: Shipper, logOf: (id: WorkspaceId) => EventLogReader) {
  return {
    async eventsSince(
      workspaceId: WorkspaceId,
      profileIds: Parameters<typeof listEventsForReplay>[1]['profileIds'],
      since: number,
    ) {
      await shipper.flush();
      const events: ReplayEvent[] = [];
      for (;;) {
        const page = await listEventsForReplay(logOf(workspaceId), {
          profileIds,
          // By the time of receipt, since an imported event may have happened long before.
          since: 0,
          after: events.at(-1)?.seq,
        });
        events.push(...page);
        if (page.length === 0) {
          return events.filter(({ event }) => event.receivedAt >= since);
        }
      }
    },
  };
}
