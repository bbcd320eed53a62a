import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../config/options.ts';
import type { EventLog } from '../ship/ports.ts';
import {
  type ClickHouseConnection,
  type ClickHouseLocation,
  connectClickHouse,
  forMigrations,
} from '../stores/clickhouse/connect.ts';
import { EventLogThread } from '../stores/clickhouse/event-log-thread.ts';
import { migrateClickHouse } from '../stores/clickhouse/migrate.ts';
import type { MigrationStep } from '../stores/due-migrations.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import { type DataDirLock, lockDataDir } from '../stores/postgres/data-dir-lock.ts';
import { openEmbedded } from '../stores/postgres/embedded-connection.ts';
import { migrate } from '../stores/postgres/migrate.ts';
import { underMigrationLock } from '../stores/postgres/migration-lock.ts';
import { openServed } from '../stores/postgres/served-connection.ts';
import { tellingStoreAway } from '../stores/store-away.ts';
import type { TenthOptions } from './tenth.ts';

export interface Stores {
  readonly postgres: PostgresConnection;
  readonly clickhouse: ClickHouseConnection;
  readonly eventLog: EventLog;
  /** What was brought up to date when they opened. */
  readonly migrated: MigratedStores;
  close(): Promise<void>;
}

export interface MigratedStores {
  readonly postgres: readonly MigrationStep[];
  readonly clickhouse: readonly MigrationStep[];
}

/**
 * Opens both stores and brings them up to date.
 *
 * @throws {StoreAway} A served store does not answer; it may later.
 * @throws {Error} The data directory belongs to another process, a store does not open, or it is of a
 *   newer version.
 */
export async function openStores({
  config,
  builtDirectory,
}: Pick<TenthOptions, 'config' | 'builtDirectory'>): Promise<Stores> {
  const dataDir = resolve(config.dataDir);
  let lock: DataDirLock | undefined;
  let postgres: PostgresConnection;
  let clickhouse: ClickHouseConnection | undefined;
  if (config.databaseUrl === undefined) {
    mkdirSync(dataDir, { recursive: true });
    const workerUrl = new URL('pglite-worker.js', builtDirectory);
    postgres = await openEmbedded({ dataDir, workerUrl });
  } else {
    // The embedded event log is one process's own, too.
    lock = config.clickhouseUrl === undefined ? lockDataDir(dataDir) : undefined;
    postgres = openServed(config.databaseUrl, { connections: config.databaseConnections });
  }
  try {
    const location: ClickHouseLocation =
      config.clickhouseUrl === undefined
        ? { kind: 'embedded', dataDir: join(dataDir, 'clickhouse') }
        : { kind: 'served', url: config.clickhouseUrl, cluster: config.clickhouseCluster };
    const opened = await tellingStoreAway('event_log', () => connectClickHouse(location));
    clickhouse = opened;
    const migrated = await migrateStores(config, location, postgres, opened);
    const eventLog = new EventLogThread(new URL('event-log-worker.js', builtDirectory), location);
    return {
      postgres,
      clickhouse: opened,
      eventLog,
      migrated,
      async close() {
        await eventLog.close();
        await opened.close();
        await postgres.close();
        lock?.release();
      },
    };
  } catch (error) {
    await clickhouse?.close();
    await postgres.close();
    lock?.release();
    throw error;
  }
}

/** ClickHouse has no lock of its own, so both are migrated under the one of PostgreSQL. */
async function migrateStores(
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
  location: ClickHouseLocation,
  postgres: PostgresConnection,
  clickhouse: ClickHouseConnection,
): Promise<MigratedStores> {
  // Building an index over everybody takes longer than a statement of the running server may.
  const patient =
    databaseUrl === undefined
      ? undefined
      : openServed(databaseUrl, { connections: 1, statementTimeout: 'none' });
  const { db } = patient ?? postgres;
  try {
    return await tellingStoreAway('operational_store', async () => ({
      postgres: await migrate(db, Date.now()),
      clickhouse: await underMigrationLock(db, () =>
        tellingStoreAway('event_log', () => migrateLog(location, clickhouse)),
      ),
    }));
  } finally {
    await patient?.close();
  }
}

async function migrateLog(
  location: ClickHouseLocation,
  opened: ClickHouseConnection,
): Promise<readonly MigrationStep[]> {
  if (location.kind === 'embedded') {
    return migrateClickHouse(opened);
  }
  const patient = await connectClickHouse(location, forMigrations);
  try {
    return await migrateClickHouse(patient);
  } finally {
    await patient.close();
  }
}
