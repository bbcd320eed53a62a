import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of sixteen megabytes in memory, to be filled up. */
export interface SmallDisk {
  readonly dir: string;
  fill(): void;
  empty(): void;
  remove(): void;
}

/** Undefined where this process may not mount one: it takes root, and Linux. */
export function mountSmallDisk(user: string): SmallDisk | undefined {
  const dir = mkdtempSync(join(tmpdir(), 'tenth-disk-'));
  try {
    const uid = execFileSync('id', ['-u', user], { encoding: 'utf8' }).trim();
    const options = `size=16m,uid=${uid},mode=700`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', dir], { stdio: 'ignore' });
  } catch {
    rmSync(dir, { recursive: true });
    return undefined;
  }
  const filler = join(dir, 'filler');
  return {
    dir,
    fill() {
      for (let pages = 0; ; pages += 1) {
        try {
          writeFileSync(filler, Buffer.alloc(4_096), { flag: 'a' });
        } catch (error) {
          if (error instanceof Error && 'code' in error && error.code === 'ENOSPC' && pages > 0) {
            return;
          }
          throw error;
        }
      }
    },
    empty: () => rmSync(filler),
    remove() {
      execFileSync('umount', [dir]);
      rmSync(dir, { recursive: true });
    },
  };
}
