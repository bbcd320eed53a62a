import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { retryDelayMs } from '../ship/backoff.ts';
import { tightenDataDir } from '../stores/data-dir-rights.ts';
import type { DataDirLock } from '../stores/postgres/data-dir-lock.ts';
import { lockOnceLeft } from '../stores/postgres/lock-once-left.ts';
import { StoreAway } from '../stores/store-away.ts';
import { openStores, type Stores, usesDataDir } from './open-stores.ts';
import type { TenthOptions } from './tenth.ts';
import { openWaitingRoom, type Waiting, type WaitingRoom } from './waiting-room.ts';

/** Four seconds at most between two attempts: who starts first should not be ready last. */
const MOST_DOUBLINGS = 3;
/** Anybody may read it in `/readyz`: it names no host. */
const LOCK_OF_ANOTHER_PLACE: Waiting = {
  part: 'process',
  reason:
    'the data directory is locked by a process of another container or machine: waiting up to 20 s for it to show that it is alive',
};

/**
 * Opens the stores, trying for as long as one of them is away, and waiting until a data directory that a
 * killed container has left is free; meanwhile the port says why.
 *
 * @throws {Error} A store refuses us, is of a newer version, or belongs to another process; the port is
 *   taken.
 */
export async function openStoresOnceThere(options: TenthOptions): Promise<Stores> {
  let room: WaitingRoom | undefined;
  const tell = async (waiting: Waiting) => {
    room ??= await openWaitingRoom(options);
    room.tell(waiting);
  };
  try {
    for (let failures = 1; ; failures += 1) {
      const lock = usesDataDir(options.config) ? await lockForStart(options, tell) : undefined;
      const opened = await openStores(options, lock).catch(awayOnly);
      if (!(opened instanceof StoreAway)) {
        return opened;
      }
      await tell({ part: opened.store, reason: opened.message });
      await wait(retryDelayMs(Math.min(failures, MOST_DOUBLINGS), Math.random()));
    }
  } finally {
    await room?.close();
  }
}

async function lockForStart(
  { config, logger }: TenthOptions,
  tell: (waiting: Waiting) => Promise<void>,
): Promise<DataDirLock> {
  const dataDir = resolve(config.dataDir);
  const lock = await lockOnceLeft(dataDir, { onWaiting: () => tell(LOCK_OF_ANOTHER_PLACE) });
  const folders = tightenDataDir(dataDir);
  if (folders.length > 0) {
    logger.warn({ folders }, 'process.data_dir.tightened');
  }
  return lock;
}

function awayOnly(error: unknown): StoreAway {
  if (error instanceof StoreAway) {
    return error;
  }
  throw error;
}
