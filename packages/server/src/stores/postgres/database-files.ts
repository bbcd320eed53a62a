import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, renameSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = 'postgres';
const DRAFT_PREFIX = `${FOLDER}.new-`;

/**
 * Finds the files of the embedded PostgreSQL in a data directory that the caller has locked, or makes
 * them. Making them takes 700 MB that a process never gives back, so a process of its own does it. They
 * get their name when complete: what a kill leaves behind is swept away at the next start.
 *
 * @param workerUrl The built `pglite-worker.js`.
 * @returns The folder with the files.
 * @throws {Error} They cannot be made.
 */
export async function prepareDatabaseFiles(dataDir: string, workerUrl: URL): Promise<string> {
  await Promise.all(
    readdirSync(dataDir)
      .filter((name) => name.startsWith(DRAFT_PREFIX))
      .map((name) => remove(join(dataDir, name))),
  );
  const folder = join(dataDir, FOLDER);
  if (existsSync(folder) && readdirSync(folder).length > 0) {
    return folder;
  }
  // Named anew each time: the maker of an earlier one may have outlived whoever started it.
  const draft = mkdtempSync(join(dataDir, DRAFT_PREFIX));
  try {
    await runMaker(workerUrl, draft);
    await remove(folder);
    renameSync(draft, folder);
  } catch (error) {
    await remove(draft);
    throw error;
  }
  return folder;
}

/** Runs the worker's file as a process, which makes a database in the folder it is given and ends. */
async function runMaker(workerUrl: URL, folder: string): Promise<void> {
  const maker = spawn(process.execPath, [fileURLToPath(workerUrl), folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stop = () => maker.kill('SIGKILL');
  process.once('exit', stop);
  let complaint = '';
  maker.stderr.on('data', (text: Buffer) => {
    complaint += text.toString();
  });
  try {
    await new Promise<void>((resolve, reject) => {
      maker.once('error', reject);
      maker.once('close', (code, signal) => {
        if (code === 0) {
          resolve();
        } else {
          const ending =
            complaint.trim() || `its maker ended with ${signal ?? `exit code ${code}`}`;
          reject(new Error(`the embedded database cannot be made: ${ending}`));
        }
      });
    });
  } finally {
    process.off('exit', stop);
  }
}

/** Tries again while an orphaned maker still writes there. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
