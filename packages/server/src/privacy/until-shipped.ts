import { SECOND_MS } from '@tenth/model/time.ts';
import type { ShippingState } from './ports.ts';

/** The outbox is shipped once a second. */
const STEP_MS = 100;
const WITHIN_MS = 30 * SECOND_MS;

/**
 * Waits until what stood in the outbox up to a row is in the event log. Others ship it.
 *
 * @throws {Error} It takes long, or whoever waits was stopped.
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
      throw new Error(`${waiting} rows of the outbox are still to be shipped`);
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}
