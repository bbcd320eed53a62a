import { type EpochMs, SECOND_MS } from '@tenth/model/time.ts';

/** How often a worker of one place has ended soon after its start, in a row. */
export interface WorkerPlace {
  readonly startedAt: EpochMs;
  readonly quickEnds: number;
}

/** Whoever has worked so long did not fail at the start. */
const SETTLED_MS = 10 * SECOND_MS;
const LONGEST_DELAY_MS = 30 * SECOND_MS;

/**
 * When a worker that ended is started again: at once after it has worked a while, and ever later while
 * it ends soon after each start (1 s, 2 s … 30 s), so that a fault of all does not keep the machine busy.
 */
export function afterWorkerEnd(
  place: WorkerPlace,
  endedAt: EpochMs,
): { readonly delayMs: number; readonly quickEnds: number } {
  if (endedAt - place.startedAt >= SETTLED_MS) {
    return { delayMs: 0, quickEnds: 0 };
  }
  const quickEnds = place.quickEnds + 1;
  return { delayMs: Math.min(LONGEST_DELAY_MS, SECOND_MS * 2 ** (quickEnds - 1)), quickEnds };
}
