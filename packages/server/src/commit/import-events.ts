import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Pipeline } from './pipeline.ts';

export interface ImportProgress {
  readonly stored: number;
  readonly duplicates: number;
}

const BATCH_EVENTS = 1_000;
/** One batch is committed while the next is read and run. */
const MOST_UNDER_WAY = 3;

/**
 * Stores many events, in order, deciding nothing: the same way as live ones. Broken off, it can be
 * run again from the start of the batch; message ids keep events from counting twice.
 *
 * @throws {Problem} Whatever a batch was refused with; what came before it is stored.
 */
export async function importEvents(
  pipeline: Pipeline,
  workspaceId: WorkspaceId,
  events: AsyncIterable<SiteEvent>,
  onProgress: (progress: ImportProgress) => void = () => {},
): Promise<ImportProgress> {
  let stored = 0;
  let duplicates = 0;
  const underWay: Promise<void>[] = [];
  const send = (batch: readonly SiteEvent[]) => {
    const sent = pipeline
      .process(workspaceId, batch, false, batch.at(-1)?.at ?? 0)
      .then((outcome) => {
        stored += batch.length - outcome.duplicates;
        duplicates += outcome.duplicates;
        onProgress({ stored, duplicates });
      });
    // Awaited below, in order; until then a refusal must not count as unheard.
    sent.catch(() => {});
    underWay.push(sent);
  };
  let batch: SiteEvent[] = [];
  for await (const event of events) {
    batch.push(event);
    if (batch.length === BATCH_EVENTS) {
      send(batch);
      batch = [];
      if (underWay.length >= MOST_UNDER_WAY) {
        await underWay.shift();
      }
    }
  }
  if (batch.length > 0) {
    send(batch);
  }
  await Promise.all(underWay);
  return { stored, duplicates };
}
