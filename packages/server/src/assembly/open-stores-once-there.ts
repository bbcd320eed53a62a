import { setTimeout as wait } from 'node:timers/promises';
import { retryDelayMs } from '../ship/backoff.ts';
import { StoreAway } from '../stores/store-away.ts';
import { openStores, type Stores } from './open-stores.ts';
import type { TenthOptions } from './tenth.ts';
import { openWaitingRoom, type WaitingRoom } from './waiting-room.ts';

/** Four seconds at most between two attempts: who starts first should not be ready last. */
const MOST_DOUBLINGS = 3;

/**
 * Opens the stores, trying for as long as one of them is away; meanwhile the port says why.
 *
 * @throws {Error} A store refuses us, is of a newer version, or belongs to another process; the port is
 *   taken.
 */
export async function openStoresOnceThere(options: TenthOptions): Promise<Stores> {
  let room: WaitingRoom | undefined;
  try {
    for (let failures = 1; ; failures += 1) {
      const opened = await openStores(options).catch(awayOnly);
      if (!(opened instanceof StoreAway)) {
        return opened;
      }
      room ??= await openWaitingRoom(options);
      room.tell(opened);
      await wait(retryDelayMs(Math.min(failures, MOST_DOUBLINGS), Math.random()));
    }
  } finally {
    await room?.close();
  }
}

function awayOnly(error: unknown): StoreAway {
  if (error instanceof StoreAway) {
    return error;
  }
  throw error;
}
