import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DataDirLock {
  release(): void;
}

interface Holder {
  readonly pid: number;
  /** Tells the process from a later one that got the same number. */
  readonly startedAt: string;
}

/**
 * Lets one process at a time use a data directory. A lock left behind by a killed process is taken over.
 *
 * @throws {Error} Another process holds it; the message names its pid and the directory.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'tenth.lock');
  const mine = JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) });
  // Linked into place complete, so that nobody reads half a lock.
  const draft = `${path}.${process.pid}.${randomUUID()}`;
  writeFileSync(draft, mine, { mode: 0o600 });
  try {
    while (!linked(draft, path)) {
      const text = readIfThere(path);
      if (text !== undefined) {
        refuseIfAlive(text, dataDir);
        takeAway(path, text);
      }
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const release = () => {
    process.off('exit', release);
    if (readIfThere(path) === mine) {
      rmSync(path, { force: true });
    }
  };
  process.on('exit', release);
  return { release };
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

/** Removes a stale lock, unless another process has replaced it in the meantime. */
function takeAway(path: string, stale: string): void {
  const aside = `${path}.stale.${process.pid}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return;
    }
    throw error;
  }
  if (readIfThere(aside) !== stale) {
    linked(aside, path);
  }
  rmSync(aside, { force: true });
}

function refuseIfAlive(text: string, dataDir: string): void {
  const holder = parseHolder(text);
  if (holder !== undefined && isAlive(holder.pid) && startOf(holder.pid) === holder.startedAt) {
    throw new Error(
      `the data directory ${dataDir} is in use by process ${holder.pid}: stop it, or give this one another directory`,
    );
  }
}

function parseHolder(text: string): Holder | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (
      typeof parsed === 'object' &&
      parsed !== null &&
      'pid' in parsed &&
      'startedAt' in parsed &&
      typeof parsed.pid === 'number' &&
      typeof parsed.startedAt === 'string'
    ) {
      return { pid: parsed.pid, startedAt: parsed.startedAt };
    }
  } catch {
    // Not written by us, or damaged: nobody holds it.
  }
  return undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** When a process started, in whatever words the system has for it. */
function startOf(pid: number): string {
  try {
    if (process.platform === 'linux') {
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The 22nd field, counted behind the command's name, which may hold spaces and parentheses.
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
      return `${boot} ${ticks}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    // Gone between the two looks, or a system without either: the pid alone has to tell.
    return '';
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
