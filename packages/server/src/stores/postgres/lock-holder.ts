import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** Who holds a data directory, as the lock in it says. */
export interface LockHolder {
  readonly pid: number;
  /** Tells the process from a later one that got the same number; empty where it could not be read. */
  readonly startedAt: string;
  /** Missing in locks of earlier versions, whose holders do not touch them either. */
  readonly host: string | undefined;
  /** Within which the number means this process; undefined where the system has none. */
  readonly pidNamespace: string | undefined;
}

/** What a process finds out about itself and others. */
export interface ProcessProbes {
  host(): string;
  pidNamespace(): string | undefined;
  isAlive(pid: number): boolean;
  /** When it started, in whatever words the system has for it; undefined where that cannot be read. */
  startOf(pid: number): string | undefined;
}

/**
 * `hidden`: a process of that number lives, and the system does not say which.
 * `elsewhere`: of another container or machine, where the number means nothing here.
 */
export type HolderState = 'alive' | 'hidden' | 'elsewhere' | 'gone';

export function describeSelf(probes: ProcessProbes): LockHolder {
  return {
    pid: process.pid,
    startedAt: probes.startOf(process.pid) ?? '',
    host: probes.host(),
    pidNamespace: probes.pidNamespace(),
  };
}

export function findStateOf(holder: LockHolder, probes: ProcessProbes): HolderState {
  if (holder.host !== undefined && !isOfThisPlace(holder, probes)) {
    return 'elsewhere';
  }
  if (!probes.isAlive(holder.pid)) {
    return 'gone';
  }
  const startedAt = probes.startOf(holder.pid);
  if (startedAt === undefined || holder.startedAt === '') {
    // It may have ended between the two looks.
    return probes.isAlive(holder.pid) ? 'hidden' : 'gone';
  }
  return startedAt === holder.startedAt ? 'alive' : 'gone';
}

function isOfThisPlace({ host, pidNamespace }: LockHolder, probes: ProcessProbes): boolean {
  return host === probes.host() && pidNamespace === probes.pidNamespace();
}

/** @returns undefined for what was not written by us, or is damaged: nobody holds it. */
export function parseHolder(text: string): LockHolder | undefined {
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
      return {
        pid: parsed.pid,
        startedAt: parsed.startedAt,
        host: 'host' in parsed ? textOf(parsed.host) : undefined,
        pidNamespace: 'pidNamespace' in parsed ? textOf(parsed.pidNamespace) : undefined,
      };
    }
  } catch {
    // No JSON.
  }
  return undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export const systemProbes: ProcessProbes = { host: hostname, pidNamespace, isAlive, startOf };

/** With the boot: the numbers of namespaces begin anew on every machine, and so does a pod's host name. */
function pidNamespace(): string | undefined {
  if (process.platform !== 'linux') {
    return undefined;
  }
  try {
    return `${readBoot()} ${readlinkSync('/proc/self/ns/pid')}`;
  } catch {
    // Without /proc, as on a system that has no namespaces.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      // The 22nd field, counted behind the command's name, which may hold spaces and parentheses.
      const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
      return `${readBoot()} ${ticks}`;
    }
    const told = execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
    return told.trim() || undefined;
  } catch {
    // Gone, hidden from this user (hidepid, ProtectProc), or a system without either.
    return undefined;
  }
}

function readBoot(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
