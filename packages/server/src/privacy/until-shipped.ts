import { Problem } from '@tenth/model/problem.ts';
import { SECOND_MS } from '@tenth/model/time.ts';
import type { ShippingState } from './ports.ts';

/** The outbox is shipped once a second. */
const STEP_MS = 100;
const WITHIN_MS = 30 * SECOND_MS;

/**
 * Waits until what stood in the outbox up to a row is in the event log. Others ship it.
 *
 * @throws {Problem} store-unavailable: it takes long, or whoever waits was stopped.
 */
export async function untilShipped(
  state: Pick<ShippingState, 'countWaiting'>,
  lastOutboxId: bigint,
  isStopped: () => boolean,
): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += STEP_MS) {
    const waiting = await state.countWaiting(lastOutboxId);
    if (waiting === 0) {
      return;
    }
    if (waitedMs >= WITHIN_MS || isStopped()) {
      throw new Problem(
        'store-unavailable',
        `${waiting} batches are still on their way to the event log; try again soon.`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
