import type { RecordedEvent } from '@tenth/engine/replay/recorded-event.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { identifiersOf } from '../../identify/identifier.ts';

/** What the log would give back of some records, without a log. */
export function recordedOf(records: readonly LogRecord[]): readonly RecordedEvent[] {
  return records
    .flatMap(({ events }) => events)
    .flatMap(({ event, profileId, run }, place) =>
      run === undefined
        ? []
        : [
            {
              ...run,
              seq: String(place + 1),
              profileId,
              event,
              userId: identifiersOf(event).user?.value,
            },
          ],
    );
}
