import { accessSync, constants, mkdirSync, statfsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Config } from '../../config/options.ts';
import { type DataDirLock, lockDataDir } from '../../stores/postgres/data-dir-lock.ts';
import type { Running } from './check-ports.ts';
import { type Finding, messageOf } from './finding.ts';

/** An event takes about 100 bytes in the log; the embedded stores themselves want room to merge. */
const LEAST_FREE_BYTES = 1024 ** 3;
const SCARCE_BYTES = 5 * LEAST_FREE_BYTES;
/** Write permission of the group and of others. */
const WRITABLE_BY_OTHERS = 0o022;

export interface DataDirFindings {
  readonly findings: readonly Finding[];
  /** Where its stores can be opened here, to look into them; for the caller to release. */
  readonly lock: DataDirLock | undefined;
}

export function checkDataDir({ dataDir }: Config, running: Running): DataDirFindings {
  const path = resolve(dataDir);
  try {
    mkdirSync(path, { recursive: true });
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
  if ((mode & WRITABLE_BY_OTHERS) !== 0) {
    const what = `others may write to ${path}; run chmod go-w on it`;
    return { check, state: 'warning', what };
  }
  return process.getuid === undefined || uid === process.getuid()
    ? { check, state: 'ok', what: 'the data directory is writable by its owner alone' }
    : { check, state: 'warning', what: `${path} belongs to another user (uid ${uid})` };
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
