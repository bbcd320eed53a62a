import { setTimeout as wait } from 'node:timers/promises';
import {
  type DataDirLock,
  HeldElsewhere,
  isSame,
  LEFT_BEHIND_MS,
  lockDataDir,
  type SeenLock,
} from './data-dir-lock.ts';

export interface Watching {
  /** Told before the first wait; it goes on once that is settled. */
  onWaiting(): Promise<void>;
  readonly askEveryMs?: number;
  /** Of a clock that is never set. */
  readonly elapsedMs?: () => number;
}

/**
 * Locks a data directory for a process that nobody starts anew by hand. A lock of another container or
 * machine is watched for up to 20 seconds: its holder may have been killed, as when a container is started
 * again.
 *
 * @throws {HeldElsewhere} Its holder lives: it touched the lock meanwhile.
 * @throws {Error} As {@link lockDataDir}.
 */
export async function lockOnceLeft(
  dataDir: string,
  { onWaiting, askEveryMs = 500, elapsedMs = () => performance.now() }: Watching,
): Promise<DataDirLock> {
  let watched: { readonly lock: SeenLock; readonly since: number } | undefined;
  for (;;) {
    const isLeft = watched !== undefined && elapsedMs() - watched.since >= LEFT_BEHIND_MS;
    try {
      const leftBehind = isLeft ? watched?.lock : undefined;
      return lockDataDir(dataDir, { leftBehind });
    } catch (error) {
      if (!(error instanceof HeldElsewhere)) {
        throw error;
      }
      if (watched !== undefined && !isSame(watched.lock, error.lock)) {
        throw error;
      }
      if (watched === undefined) {
        watched = { lock: error.lock, since: elapsedMs() };
        await onWaiting();
      }
    }
    await wait(askEveryMs);
  }
}
