import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EventLog } from '../ship/ports.ts';
import {
  type ClickHouseConnection,
  type ClickHouseLocation,
  connectClickHouse,
} from '../stores/clickhouse/connect.ts';
import { EventLogThread } from '../stores/clickhouse/event-log-thread.ts';
import { migrateClickHouse } from '../stores/clickhouse/migrate.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import { type DataDirLock, lockDataDir } from '../stores/postgres/data-dir-lock.ts';
import { openEmbedded } from '../stores/postgres/embedded-connection.ts';
import { migrate } from '../stores/postgres/migrate.ts';
import { openServed } from '../stores/postgres/served-connection.ts';
import type { TenthOptions } from './tenth.ts';

export interface Stores {
  readonly postgres: PostgresConnection;
  readonly clickhouse: ClickHouseConnection;
  readonly eventLog: EventLog;
  close(): Promise<void>;
}

/**
 * Opens both stores and brings them up to date.
 *
 * @throws {Error} The data directory belongs to another process, or a store does not open.
 */
export async function openStores({
  config,
  builtDirectory,
}: Pick<TenthOptions, 'config' | 'builtDirectory'>): Promise<Stores> {
  const dataDir = resolve(config.dataDir);
  let lock: DataDirLock | undefined;
  let postgres: PostgresConnection;
  if (config.databaseUrl === undefined) {
    mkdirSync(dataDir, { recursive: true });
    const workerUrl = new URL('pglite-worker.js', builtDirectory);
    postgres = await openEmbedded({ dataDir, workerUrl });
  } else {
    // The embedded event log is one process's own, too.
    lock = config.clickhouseUrl === undefined ? lockDataDir(dataDir) : undefined;
    postgres = openServed(config.databaseUrl);
  }
  try {
    await migrate(postgres.db, Date.now());
    const location: ClickHouseLocation =
      config.clickhouseUrl === undefined
        ? { kind: 'embedded', dataDir: join(dataDir, 'clickhouse') }
        : { kind: 'served', url: config.clickhouseUrl };
    const clickhouse = await connectClickHouse(location);
    await migrateClickHouse(clickhouse.client);
    const eventLog = new EventLogThread(new URL('event-log-worker.js', builtDirectory), location);
    return {
      postgres,
      clickhouse,
      eventLog,
      async close() {
        await eventLog.close();
        await clickhouse.close();
        await postgres.close();
        lock?.release();
      },
    };
  } catch (error) {
    await postgres.close();
    lock?.release();
    throw error;
  }
}
