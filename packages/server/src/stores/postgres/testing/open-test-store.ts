import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { PostgresConnection } from '../connection.ts';
import { openEmbedded } from '../embedded-connection.ts';
import { migrate } from '../migrate.ts';
import { openServed } from '../served-connection.ts';
import { buildPgliteWorker } from './pglite-worker-build.ts';
import { seedDatabaseFiles } from './seed-database-files.ts';

export interface TestDatabase {
  readonly connection: PostgresConnection;
  /** Empty for a served database. */
  readonly dataDir: string;
  /** Closes and opens the same data again. */
  reopen(): Promise<TestDatabase>;
  /** Closes and deletes the data. */
  remove(): Promise<void>;
}

/**
 * A new database with all tables: embedded in a temporary directory, or, where TEST_DATABASE_URL
 * names a PostgreSQL server whose user may create databases, on that server.
 */
export function openTestDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL;
  return server === undefined || server === '' ? createEmbeddedTest() : createServedTest(server);
}

async function createEmbeddedTest(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenth-test-'));
  await seedDatabaseFiles(dataDir);
  return await openEmbeddedTest(dataDir);
}

let workerUrl: Promise<URL> | undefined;

/** Opens the embedded database of a directory. */
export async function openEmbeddedTest(dataDir: string): Promise<TestDatabase> {
  workerUrl ??= buildPgliteWorker();
  const connection = await openEmbedded({ dataDir, workerUrl: await workerUrl });
  await migrate(connection.db, Date.now());
  return {
    connection,
    dataDir,
    reopen: async () => {
      await connection.close();
      return await openEmbeddedTest(dataDir);
    },
    remove: async () => {
      await connection.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function createServedTest(server: string): Promise<TestDatabase> {
  // Made and dropped here only, under a name that nothing else has.
  const name = `tenth_test_${randomBytes(8).toString('hex')}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return await openServedTest(url.href, () => administer(server, `drop database ${name}`));
}

async function openServedTest(url: string, drop: () => Promise<void>): Promise<TestDatabase> {
  const connection = openServed(url);
  await migrate(connection.db, Date.now());
  return {
    connection,
    dataDir: '',
    reopen: async () => {
      await connection.close();
      return await openServedTest(url, drop);
    },
    remove: async () => {
      await connection.close();
      await drop();
    },
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
