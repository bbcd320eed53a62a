import { existsSync, lstatSync } from 'node:fs';
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { openStores } from '../assembly/open-stores.ts';
import { readConfig } from '../config/read-config.ts';
import { Shipper } from '../ship/shipper.ts';
import { lockDataDir } from '../stores/postgres/data-dir-lock.ts';
import { createOutboxStore } from '../stores/postgres/outbox-store.ts';
import { copyEntry, listTree } from './backup/copy-tree.ts';
import { countStores, describeCounts } from './backup/count-stores.ts';
import { type BackupEntry, type BackupManifest, MANIFEST } from './backup/manifest.ts';
import { requireEmbedded } from './backup/require-embedded.ts';
import type { CliContext, Flags } from './context.ts';
import { version } from './version.ts';

/** Both stores; whatever else lies in a data directory is made anew. */
const FOLDERS = ['postgres', 'clickhouse'] as const;

/**
 * `tenth backup DIR`: copies both embedded stores, while no server uses them, in one consistent state:
 * what waits in the outbox is shipped first, and both are closed while they are copied.
 *
 * @throws {Error} The data directory is in use or empty, the target is not, or a disk is full.
 */
export async function backup(target: string, flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  requireEmbedded(config);
  const dataDir = resolve(config.dataDir);
  const folder = resolve(target);
  const missing = FOLDERS.filter((name) => !existsSync(join(dataDir, name)));
  if (missing.length > 0) {
    throw new Error(
      `${dataDir} holds nothing to back up: set --data-dir to where Tenth keeps its data`,
    );
  }
  if (folder === dataDir || folder.startsWith(`${dataDir}/`)) {
    throw new Error(`${folder} lies in the data directory: give a folder outside of it`);
  }
  await requireEmpty(folder);
  const stores = await openStores({ config, builtDirectory: context.builtDirectory });
  let counts: BackupManifest['counts'];
  try {
    const { postgres, eventLog } = stores;
    await new Shipper({ outbox: createOutboxStore(postgres), eventLog }).flush();
    counts = await countStores(stores);
  } finally {
    await stores.close();
  }
  const lock = lockDataDir(dataDir);
  try {
    const entries = await copyStores(dataDir, folder, {
      format: 1,
      version,
      createdAt: new Date().toISOString(),
      counts,
    });
    const bytes = entries.reduce((sum, entry) => sum + ('bytes' in entry ? entry.bytes : 0), 0);
    context.print(describeCounts(counts));
    context.print(`${(bytes / 1024 ** 2).toFixed(1)} MB in ${folder}`);
  } finally {
    lock.release();
  }
  return 0;
}

async function requireEmpty(folder: string): Promise<void> {
  if (existsSync(folder) && (await readdir(folder)).length > 0) {
    throw new Error(`${folder} is not empty: give a new folder for each back-up`);
  }
}

/** Under another name until it is complete. */
async function copyStores(
  dataDir: string,
  folder: string,
  about: Omit<BackupManifest, 'entries'>,
): Promise<readonly BackupEntry[]> {
  const draft = `${folder}.part`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true, mode: 0o700 });
  await mkdir(draft, { mode: 0o700 });
  try {
    const entries: BackupEntry[] = [];
    for (const name of FOLDERS) {
      for (const path of [name, ...(await listTree(dataDir, name))]) {
        entries.push(await copyEntry(dataDir, draft, { path, kind: kindOf(join(dataDir, path)) }));
      }
    }
    await writeManifest(join(draft, MANIFEST), { ...about, entries });
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
    return entries;
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

function kindOf(path: string): BackupEntry['kind'] {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) {
    return 'link';
  }
  if (found.isDirectory()) {
    return 'folder';
  }
  if (found.isFile()) {
    return 'file';
  }
  throw new Error(`${path} is neither a file nor a folder: it does not belong in a data directory`);
}

async function writeManifest(path: string, manifest: BackupManifest): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(`${JSON.stringify(manifest, null, 1)}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
}
