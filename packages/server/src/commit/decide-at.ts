import type { SiteEvent } from '@tenth/model/event.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Request } from './work.ts';

/**
 * What happened longer ago is no moment to answer: the visitor has gone on, and a place in the caps would
 * be kept for a message that nobody can see. 30 s, so that the browser script's first three tries again
 * (the last begins 23 s after the event at the latest) are still answered.
 */
const MOST_AGE_MS = 30_000;

/** The moment to decide at what an event brings about; undefined where nobody waits on it, or no longer. */
export function decideAtOf(
  { isDeciding, now }: Pick<Request, 'isDeciding' | 'now'>,
  event: Pick<SiteEvent, 'at'>,
): EpochMs | undefined {
  return isDeciding && now - event.at <= MOST_AGE_MS ? now : undefined;
}
