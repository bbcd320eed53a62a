import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { openStores } from '../assembly/open-stores.ts';
import type { Config } from '../config/options.ts';
import { readConfig } from '../config/read-config.ts';
import { lockDataDir } from '../stores/postgres/data-dir-lock.ts';
import { copyEntry } from './backup/copy-tree.ts';
import { countStores, describeCounts } from './backup/count-stores.ts';
import {
  type BackupEntry,
  type BackupManifest,
  backupManifest,
  MANIFEST,
} from './backup/manifest.ts';
import { requireEmbedded } from './backup/require-embedded.ts';
import type { CliContext, Flags } from './context.ts';

const DRAFT = 'restore.part';
const LOCK = 'tenth.lock';

/**
 * `tenth restore DIR`: puts a back-up into an empty data directory, each file checked by its sum, opens
 * it and counts.
 *
 * @throws {Error} It is no back-up or was damaged, or there is data already; the data directory is then
 *   as it was.
 */
export async function restore(source: string, flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  requireEmbedded(config);
  const folder = resolve(source);
  const manifest = await readManifest(folder);
  const dataDir = resolve(config.dataDir);
  const lock = lockDataDir(dataDir);
  try {
    const there = (await readdir(dataDir)).filter((name) => name !== LOCK && name !== DRAFT);
    if (there.length > 0) {
      throw new Error(`${dataDir} is not empty: set --data-dir to a new folder, or move it away`);
    }
    await takeOver(folder, dataDir, manifest.entries);
  } finally {
    lock.release();
  }
  await compareCounts(config, manifest, context);
  context.print(describeCounts(manifest.counts));
  context.print(`restored to ${dataDir}, as of ${manifest.createdAt}`);
  return 0;
}

async function readManifest(folder: string): Promise<BackupManifest> {
  const path = join(folder, MANIFEST);
  if (!existsSync(path)) {
    throw new Error(`${folder} holds no complete back-up: there is no ${MANIFEST}`);
  }
  const read = backupManifest.safeParse(JSON.parse(await readFile(path, 'utf8')));
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`${path} does not fit: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  return read.data;
}

async function takeOver(
  folder: string,
  dataDir: string,
  entries: readonly BackupEntry[],
): Promise<void> {
  const draft = join(dataDir, DRAFT);
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  try {
    for (const entry of entries) {
      const copied = await copyEntry(folder, draft, entry);
      if (JSON.stringify(copied) !== JSON.stringify(entry)) {
        throw new Error(
          `${join(folder, entry.path)} is not what was backed up: the back-up is damaged`,
        );
      }
    }
    for (const name of await readdir(draft)) {
      await rename(join(draft, name), join(dataDir, name));
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function compareCounts(
  config: Config,
  { counts }: BackupManifest,
  { builtDirectory }: CliContext,
): Promise<void> {
  const stores = await openStores({ config, builtDirectory });
  try {
    const found = await countStores(stores);
    if (JSON.stringify(found) !== JSON.stringify(counts)) {
      throw new Error(
        `the restored stores hold ${describeCounts(found)}; there should be ${describeCounts(counts)}`,
      );
    }
  } finally {
    await stores.close();
  }
}
