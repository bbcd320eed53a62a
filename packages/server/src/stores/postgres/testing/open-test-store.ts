import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PostgresConnection } from '../connection.ts';
import { openEmbedded } from '../embedded-connection.ts';
import { migrate } from '../migrate.ts';
import { buildPgliteWorker } from './pglite-worker-build.ts';

let workerUrl: Promise<URL> | undefined;

export interface TestDatabase {
  readonly connection: PostgresConnection;
  readonly dataDir: string;
  /** Closes and opens the same data directory again. */
  reopen(): Promise<TestDatabase>;
  /** Closes and deletes the data directory. */
  remove(): Promise<void>;
}

/** A new embedded PostgreSQL in a temporary directory, with all tables. */
export async function openTestDatabase(
  dataDir = mkdtempSync(join(tmpdir(), 'tenth-test-')),
): Promise<TestDatabase> {
  workerUrl ??= buildPgliteWorker();
  const connection = await openEmbedded({ dataDir, workerUrl: await workerUrl });
  await migrate(connection.db, Date.now());
  return {
    connection,
    dataDir,
    reopen: async () => {
      await connection.close();
      return await openTestDatabase(dataDir);
    },
    remove: async () => {
      await connection.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
