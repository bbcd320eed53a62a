import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../config/options.ts';
import { makeDataDir, OTHERS } from '../../stores/data-dir-rights.ts';
import { type DataDirLock, lockDataDir } from '../../stores/postgres/data-dir-lock.ts';
import type { Running } from './check-ports.ts';
import { type Finding, messageOf } from './finding.ts';

/** An event takes about 100 bytes in the log; the embedded stores themselves want room to merge. */
const LEAST_FREE_BYTES = 1024 ** 3;
const SCARCE_BYTES = 5 * LEAST_FREE_BYTES;

export interface DataDirFindings {
  readonly findings: readonly Finding[];
  /** Where its stores can be opened here, to look into them; for the caller to release. */
  readonly lock: DataDirLock | undefined;
}

export function checkDataDir({ dataDir }: Config, running: Running): DataDirFindings {
  const path = resolve(dataDir);
  try {
    makeDataDir(path);
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (error) {
    const what = `the data directory cannot be written: ${messageOf(error)}`;
    return { findings: [{ check: 'data_dir.access', state: 'bad', what }], lock: undefined };
  }
  const use = checkUse(path, running);
  return {
    findings: [use.finding, checkMode(path), checkSpace(path)],
    lock: use.lock,
  };
}

function checkUse(
  path: string,
  running: Running,
): { readonly finding: Finding; readonly lock: DataDirLock | undefined } {
  const check = 'data_dir.use';
  try {
    const lock = lockDataDir(path);
    const what = `the data directory ${path} can be written and is not in use`;
    return { finding: { check, state: 'ok', what }, lock };
  } catch (error) {
    const state = running.kind === 'tenth' ? 'ok' : 'bad';
    return { finding: { check, state, what: messageOf(error) }, lock: undefined };
  }
}

function checkMode(path: string): Finding {
  const check = 'data_dir.permissions';
  const { mode, uid } = statSync(path);
  // First, since without the rights of its group we might not get in ourselves.
  if (process.getuid !== undefined && uid !== process.getuid()) {
    return { check, state: 'warning', what: `${path} belongs to another user (uid ${uid})` };
  }
  if ((mode & OTHERS) !== 0) {
    const rights = (mode & 0o777).toString(8);
    const what = `other users of this machine get into ${path} (mode ${rights}); run chmod go-rwx on it`;
    return { check, state: 'warning', what };
  }
  return { check, state: 'ok', what: 'the data directory is open to its owner alone' };
}

function checkSpace(path: string): Finding {
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  return {
    check: 'data_dir.space',
    state: free >= SCARCE_BYTES ? 'ok' : free >= LEAST_FREE_BYTES ? 'warning' : 'bad',
    what: `${(free / 1024 ** 3).toFixed(1)} GB free there`,
  };
}
