import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Config } from '../../config/options.ts';
import {
  type ClickHouseConnection,
  type ClickHouseLocation,
  connectClickHouse,
} from '../../stores/clickhouse/connect.ts';
import type { PostgresConnection } from '../../stores/postgres/connection.ts';
import type { DataDirLock } from '../../stores/postgres/data-dir-lock.ts';
import { openEmbedded } from '../../stores/postgres/embedded-connection.ts';
import { openServed } from '../../stores/postgres/served-connection.ts';
import { checkClickHouse } from './check-clickhouse.ts';
import { checkPostgres } from './check-postgres.ts';
import { type Finding, messageOf } from './finding.ts';

export interface StoresToCheck {
  readonly config: Config;
  readonly builtDirectory: URL;
  /** Of the data directory; undefined where another process uses it. */
  readonly lock: DataDirLock | undefined;
  readonly now: () => number;
}

/** Both stores, as they are configured; embedded ones where they have been made and nobody uses them. */
export async function checkStores(stores: StoresToCheck): Promise<readonly Finding[]> {
  return [...(await checkOperationalStore(stores)), ...(await checkEventLog(stores))];
}

async function checkOperationalStore({
  config,
  builtDirectory,
  lock,
  now,
}: StoresToCheck): Promise<readonly Finding[]> {
  const dataDir = resolve(config.dataDir);
  let postgres: PostgresConnection;
  try {
    if (config.databaseUrl !== undefined) {
      postgres = openServed(config.databaseUrl, { connections: 1 });
    } else if (lock !== undefined && existsSync(join(dataDir, 'postgres'))) {
      const workerUrl = new URL('pglite-worker.js', builtDirectory);
      postgres = await openEmbedded({ dataDir, workerUrl, lock });
    } else {
      return [];
    }
  } catch (error) {
    return [{ check: 'postgres.answer', state: 'bad', what: messageOf(error) }];
  }
  try {
    const keys = { present: config.secretKey, previous: config.previousSecretKey };
    return await checkPostgres(postgres, { now, keys });
  } finally {
    await postgres.close();
  }
}

async function checkEventLog({ config, lock, now }: StoresToCheck): Promise<readonly Finding[]> {
  const dataDir = join(resolve(config.dataDir), 'clickhouse');
  let location: ClickHouseLocation;
  if (config.clickhouseUrl !== undefined) {
    const { clickhouseUrl: url, clickhouseCluster: cluster } = config;
    location = { kind: 'served', url, cluster };
  } else if (lock !== undefined && existsSync(dataDir)) {
    location = { kind: 'embedded', dataDir };
  } else {
    return [];
  }
  let clickhouse: ClickHouseConnection;
  try {
    clickhouse = await connectClickHouse(location);
  } catch (error) {
    const what = `ClickHouse does not answer: ${messageOf(error)}; look at CLICKHOUSE_URL and the server`;
    return [{ check: 'clickhouse.answer', state: 'bad', what }];
  }
  try {
    return await checkClickHouse(clickhouse, location.kind, now);
  } finally {
    await clickhouse.close();
  }
}
