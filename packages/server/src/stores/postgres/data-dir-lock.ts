import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  futimesSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { SECOND_MS } from '@tenth/model/time.ts';
import { makeDataDir } from '../data-dir-rights.ts';
import {
  describeSelf,
  findStateOf,
  type LockHolder,
  type ProcessProbes,
  parseHolder,
  systemProbes,
} from './lock-holder.ts';

export interface DataDirLock {
  release(): void;
}

/** A lock file as it was found. */
export interface SeenLock {
  readonly text: string;
  /** Its modification time, in ms; a living holder moves it on every five seconds. */
  readonly touchedAt: number;
}

export interface LockOptions {
  /** A lock that was watched for long enough and not touched: left behind, whatever the clocks say. */
  readonly leftBehind?: SeenLock | undefined;
  readonly probes?: ProcessProbes;
}

const TOUCH_EVERY_MS = 5 * SECOND_MS;
/** Three touches may be late or lost. */
export const LEFT_BEHIND_MS = 4 * TOUCH_EVERY_MS;

/** A process of another container or machine has the lock; whether it is alive, its touch alone can tell. */
export class HeldElsewhere extends Error {
  override readonly name = 'HeldElsewhere';
  readonly lock: SeenLock;

  constructor(dataDir: string, { pid, host }: LockHolder, lock: SeenLock) {
    const leftMs = Math.max(0, lock.touchedAt + LEFT_BEHIND_MS - Date.now());
    super(
      `the data directory ${dataDir} is in use by process ${pid} of ${host}, another container or machine: stop it, or give this one another directory; if it was killed, try again in ${Math.ceil(leftMs / SECOND_MS)} s`,
    );
    this.lock = lock;
  }
}

/**
 * Lets one process at a time use a data directory. A lock left behind by a killed process is taken over:
 * at once where the process could be seen here, and otherwise once it was not touched for 20 seconds.
 *
 * @throws {HeldElsewhere} A process that cannot be seen from here holds it, or did until just now.
 * @throws {Error} Another process holds it; the message names its pid and the directory.
 */
export function lockDataDir(dataDir: string, options: LockOptions = {}): DataDirLock {
  const { probes = systemProbes, leftBehind } = options;
  makeDataDir(dataDir);
  const path = join(dataDir, 'tenth.lock');
  const mine = JSON.stringify(describeSelf(probes));
  // Linked into place complete, so that nobody reads half a lock.
  const draft = `${path}.${process.pid}.${randomUUID()}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(file, mine);
    touch(file);
    while (!linked(draft, path)) {
      const found = look(path);
      if (found !== undefined) {
        if (leftBehind === undefined || !isSame(found, leftBehind)) {
          refuseUnlessLeft(found, dataDir, probes);
        }
        takeAway(path, found);
      }
    }
  } catch (error) {
    closeSync(file);
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return held(path, mine, file);
}

function held(path: string, mine: string, file: number): DataDirLock {
  let isReleased = false;
  // By the open file, not by its name: who was held up for long must not touch the lock of a successor.
  const touching = setInterval(() => touch(file), TOUCH_EVERY_MS);
  touching.unref();
  const release = () => {
    if (isReleased) {
      return;
    }
    isReleased = true;
    process.off('exit', release);
    clearInterval(touching);
    closeSync(file);
    if (look(path)?.text === mine) {
      rmSync(path, { force: true });
    }
  };
  process.on('exit', release);
  return { release };
}

function touch(file: number): void {
  try {
    const now = new Date();
    futimesSync(file, now, now);
  } catch {
    // A volume that does not let us, or is away. The lock still holds for those who can see this process.
  }
}

function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

/** Removes a stale lock, unless another process has replaced it, or its holder touched it, in the meantime. */
function takeAway(path: string, stale: SeenLock): void {
  const aside = `${path}.stale.${process.pid}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return;
    }
    throw error;
  }
  const taken = look(aside);
  if (taken === undefined || !isSame(taken, stale)) {
    linked(aside, path);
  }
  rmSync(aside, { force: true });
}

function refuseUnlessLeft(lock: SeenLock, dataDir: string, probes: ProcessProbes): void {
  const holder = parseHolder(lock.text);
  if (holder === undefined) {
    return;
  }
  const inUse = `the data directory ${dataDir} is in use by process ${holder.pid}`;
  switch (findStateOf(holder, probes)) {
    case 'gone':
      return;
    case 'elsewhere':
      if (Date.now() - lock.touchedAt < LEFT_BEHIND_MS) {
        throw new HeldElsewhere(dataDir, holder, lock);
      }
      return;
    case 'hidden':
      throw new Error(
        `${inUse}, as far as this user can see: stop it, or give this one another directory; if that process is not Tenth, remove ${join(dataDir, 'tenth.lock')}`,
      );
    case 'alive':
      throw new Error(`${inUse}: stop it, or give this one another directory`);
  }
}

export function isSame(one: SeenLock, other: SeenLock): boolean {
  return one.text === other.text && one.touchedAt === other.touchedAt;
}

/** Text and time of one and the same file. */
function look(path: string): SeenLock | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
  try {
    return { text: readFileSync(file, 'utf8'), touchedAt: fstatSync(file).mtimeMs };
  } finally {
    closeSync(file);
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
