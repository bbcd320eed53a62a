import { readdir, readFile } from 'node:fs/promises';

/** Resident set of a process, from the kernel's own count; NaN where there is no `/proc`. */
export async function memoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1_024);
}

/** Of `/proc/PID/stat`: 100 a second on every Linux there is. */
const TICKS_A_SECOND = 100;

/** CPU seconds of a process and of those it has started and that are still there. */
export async function cpuSeconds(pid: number): Promise<number> {
  const stats = await readStats();
  const family = new Set([pid]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const stat of stats) {
      if (family.has(stat.parent)) {
        family.add(stat.pid);
      }
    }
  }
  const ticks = stats
    .filter((stat) => family.has(stat.pid))
    .reduce((sum, stat) => sum + stat.ticks, 0);
  return ticks / TICKS_A_SECOND;
}

export async function parentOf(pid: number): Promise<number> {
  return (await readStats()).find((stat) => stat.pid === pid)?.parent ?? 0;
}

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

async function readStats(): Promise<readonly ProcessStat[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const stats = await Promise.all(
    pids.map(async (pid) => {
      // It may have ended since.
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // After the name, which may hold spaces: state, parent, … user time, system time.
      const [, parent, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = Number(rest[9]) + Number(rest[10]);
      return { pid: Number(pid), parent: Number(parent), ticks };
    }),
  );
  return stats.filter(({ ticks }) => Number.isFinite(ticks));
}

/** CPU seconds of a process by the names of its threads; those that share a name are taken together. */
export async function threadSeconds(pid: number): Promise<ReadonlyMap<string, number>> {
  const tasks = `/proc/${pid}/task`;
  const seconds = new Map<string, number>();
  for (const id of await readdir(tasks).catch(() => [])) {
    const stat = await readFile(`${tasks}/${id}/stat`, 'utf8').catch(() => '');
    const end = stat.lastIndexOf(')');
    const name = Number(id) === pid ? 'main' : stat.slice(stat.indexOf('(') + 1, end);
    const [, , ...rest] = stat.slice(end + 2).split(' ');
    const ticks = Number(rest[9]) + Number(rest[10]);
    if (Number.isFinite(ticks)) {
      seconds.set(name, (seconds.get(name) ?? 0) + ticks / TICKS_A_SECOND);
    }
  }
  return seconds;
}
