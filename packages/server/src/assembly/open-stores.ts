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

type StoreUrls = Pick<Config, 'databaseUrl' | 'clickhouseUrl'>;

export interface MigratedStores {
  readonly postgres: readonly MigrationStep[];
  readonly clickhouse: readonly MigrationStep[];
}

/** The lock of the data directory guards the embedded event log as well. */
export function usesDataDir({ databaseUrl, clickhouseUrl }: StoreUrls): boolean {
  return databaseUrl === undefined || clickhouseUrl === undefined;
}

/**
 * Opens both stores and brings them up to date.
 *
 * @param given The lock of the data directory, which is released with the stores, or when they do not
 *   open; unless given, it is taken here, or refused at once.
 * @throws {StoreAway} A served store does not answer; it may later.
 * @throws {Error} The data directory belongs to another process, a store does not open, or it is of a
 *   newer version.
 */
export async function openStores(
  { config, builtDirectory }: Pick<TenthOptions, 'config' | 'builtDirectory'>,
  given?: DataDirLock,
): Promise<Stores> {
  const dataDir = resolve(config.dataDir);
  const lock = given ?? (usesDataDir(config) ? lockDataDir(dataDir) : undefined);
  let clickhouse: ClickHouseConnection | undefined;
  let postgres: PostgresConnection | undefined;
  try {
    const location: ClickHouseLocation =
      config.clickhouseUrl === undefined
        ? { kind: 'embedded', dataDir: join(dataDir, 'clickhouse') }
        : { kind: 'served', url: config.clickhouseUrl, cluster: config.clickhouseCluster };
    // First and last: the operating system keeps its lock, which refuses a second process whatever our
    // own says, before that touches the files of PostgreSQL.
    const openedLog = await tellingStoreAway('event_log', () => connectClickHouse(location));
    clickhouse = openedLog;
    const opened =
      config.databaseUrl === undefined
        ? await openEmbedded({
            dataDir,
            workerUrl: new URL('pglite-worker.js', builtDirectory),
            lock,
          })
        : openServed(config.databaseUrl, { connections: config.databaseConnections });
    postgres = opened;
    const migrated = await migrateStores(config, location, opened, openedLog);
    const eventLog = new EventLogThread(new URL('event-log-worker.js', builtDirectory), location);
    return {
      postgres: opened,
      clickhouse: openedLog,
      eventLog,
      migrated,
      async close() {
        await eventLog.close();
        await opened.close();
        await openedLog.close();
        lock?.release();
      },
    };
  } catch (error) {
    await postgres?.close();
    await clickhouse?.close();
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
