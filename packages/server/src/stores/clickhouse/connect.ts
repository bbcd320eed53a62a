import { mkdir } from 'node:fs/promises';
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseLogLevel,
  createClient,
} from '@clickhouse/client';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { clusterSettings, overShards } from './cluster-client.ts';
import { onCluster } from './cluster-statements.ts';
import { tellingWhenAway } from './log-away.ts';
import { requireLayout } from './require-layout.ts';

/** Where the event log is: a directory of this process's own, or a server. */
export type ClickHouseLocation =
  | { readonly kind: 'embedded'; readonly dataDir: string }
  | ServedLocation;

export interface ServedLocation {
  readonly kind: 'served';
  /** `http://user:password@host:8123/database`; the database is created where it is missing. */
  readonly url: string;
  /** Of the servers' `remote_servers`, where tables are replicated and spread over shards. */
  readonly cluster?: string | undefined;
}

export interface ClickHouseConnection {
  readonly client: ClickHouseClient;
  /** Where tables lie on several servers; see {@link ServedLocation}. */
  readonly cluster: string | undefined;
  /** Waits for queries in flight, then closes. Closing chDB under a running query crashes the process. */
  close(): Promise<void>;
}

const DEFAULT_DATABASE = 'tenth';
/** Working out everybody's levels takes minutes. */
const LONGEST_QUESTION_MS = 10 * MINUTE_MS;

/**
 * Opens the event log. chDB is loaded only for `embedded`: it weighs 215 MB of memory, 170 of
 * them the mapped library, and a process can own one data directory only.
 *
 * @throws {Error} The directory belongs to another process, or the server does not answer.
 */
export async function connectClickHouse(
  location: ClickHouseLocation,
): Promise<ClickHouseConnection> {
  switch (location.kind) {
    case 'embedded':
      return connectEmbedded(location.dataDir);
    case 'served':
      return connectServed(location);
  }
}

async function connectEmbedded(dataDir: string): Promise<ClickHouseConnection> {
  await mkdir(dataDir, { recursive: true });
  const [{ createChdbConnection }, { drainPending }] = await Promise.all([
    import('chdb/connection'),
    import('chdb'),
  ]);
  // The same contract declared twice: the client carries its own copy of client-common's types.
  const connection = createChdbConnection({ path: dataDir }) as unknown as NonNullable<
    ClickHouseClientConfigOptions['connection']
  >;
  const client = createClient({ connection });
  return {
    client,
    cluster: undefined,
    async close() {
      await drainPending();
      await client.close();
      // `close` returns before the engine has let go of the directory.
      await drainPending();
    },
  };
}

async function connectServed({ url, cluster }: ServedLocation): Promise<ClickHouseConnection> {
  const address = new URL(url);
  const database = decodeURIComponent(address.pathname.slice(1)) || DEFAULT_DATABASE;
  address.pathname = '/';
  const place = cluster === undefined ? undefined : { cluster, database };
  await createDatabase(address, database, cluster);
  const client = tellingWhenAway(
    createClient({
      ...clientOptions(address),
      database,
      compression: { request: true },
      clickhouse_settings: {
        // Who asked has gone: the answer is worth nothing any more.
        cancel_http_readonly_queries_on_client_close: 1,
        ...(place === undefined ? {} : clusterSettings),
      },
    }),
  );
  try {
    await requireLayout(client, cluster);
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    client: place === undefined ? client : overShards(client, place),
    cluster,
    close: () => client.close(),
  };
}

/** Asks first, since a user that may not create databases may not say IF NOT EXISTS either. */
async function createDatabase(
  address: URL,
  database: string,
  cluster: string | undefined,
): Promise<void> {
  const bootstrap = createClient(clientOptions(address));
  try {
    const found = await bootstrap.query({
      query: 'SELECT name FROM system.databases WHERE name = {database:String}',
      query_params: { database },
      format: 'JSONEachRow',
    });
    if ((await found.json()).length === 0) {
      await bootstrap.command({
        query: `CREATE DATABASE IF NOT EXISTS {database:Identifier}${cluster === undefined ? '' : onCluster(cluster)}`,
        query_params: { database },
      });
    }
  } catch (cause) {
    throw new Error(`ClickHouse at ${address.host} cannot be used`, { cause });
  } finally {
    await bootstrap.close();
  }
}

function clientOptions(url: URL): ClickHouseClientConfigOptions {
  return {
    url,
    application: 'tenth',
    request_timeout: LONGEST_QUESTION_MS,
    // Long lists of values do not fit into an address.
    use_multipart_params_auto: true,
    // Whoever asked gets the error; the client's own log would be a second one, in another form.
    log: { level: ClickHouseLogLevel.OFF },
  };
}
