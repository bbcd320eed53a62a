import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareDatabaseFiles } from '../database-files.ts';
import { buildPgliteWorker } from './pglite-worker-build.ts';

const CACHE = fileURLToPath(
  new URL('../../../../../../node_modules/.cache/tenth/', import.meta.url),
);

/**
 * Gives a new data directory the files of an empty embedded PostgreSQL. Making them takes some 4 s, copying
 * them a tenth of one; they are made once for each version of PGlite, as the server makes them.
 */
export async function seedDatabaseFiles(dataDir: string): Promise<void> {
  const made = join(CACHE, `postgres-files-${pgliteVersion()}`);
  if (!existsSync(made)) {
    mkdirSync(CACHE, { recursive: true });
    const draft = mkdtempSync(join(CACHE, 'postgres-files.new-'));
    const files = await prepareDatabaseFiles(draft, await buildPgliteWorker());
    try {
      renameSync(files, made);
    } catch (error) {
      // Another test was faster.
      if (!existsSync(made)) {
        throw error;
      }
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
  }
  cpSync(made, join(dataDir, 'postgres'), { recursive: true });
}

function pgliteVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@electric-sql/pglite');
  const manifest: unknown = JSON.parse(readFileSync(join(entry, '../../package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
