import { mkdir } from 'node:fs/promises';
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '@tenth/model/time.ts';
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
/** How long the answer of a served event log is waited for. */
export interface Patience {
  readonly longestMs: number;
  /** The server says so often how far it is: who stands between would cut a connection that is silent. */
  readonly progressEveryMs?: number;
}

/** Working out everybody's levels takes minutes. */
const forQuestions: Patience = { longestMs: 10 * MINUTE_MS };

/** A fill of a table from all events takes hours. Balancers cut what has been silent for a minute, as a rule. */
export const forMigrations: Patience = { longestMs: DAY_MS, progressEveryMs: 30 * SECOND_MS };

/** A header of progress has some 200 bytes; all of a reply are kept, and Node.js refuses more than 16 KB. */
const PROGRESS_BYTES = 512;
const MIN_HEADER_BYTES = 16_384;

/**
 * Opens the event log. chDB is loaded only for `embedded`: it weighs 215 MB of memory, 170 of
 * them the mapped library, and a process can own one data directory only.
 *
 * @param patience With a server; what runs in this process is always waited for.
 * @throws {Error} The directory belongs to another process, or the server does not answer.
 */
export async function connectClickHouse(
  location: ClickHouseLocation,
  patience: Patience = forQuestions,
): Promise<ClickHouseConnection> {
  switch (location.kind) {
    case 'embedded':
      return connectEmbedded(location.dataDir);
    case 'served':
      return connectServed(location, patience);
  }
}

async function connectEmbedded(dataDir: string): Promise<ClickHouseConnection> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const [{ createChdbConnection }, { drainPending }] = await Promise.all([
    import('chdb/connection'),
    import('chdb'),
  ]);
  let connection: ReturnType<typeof createChdbConnection>;
  try {
    connection = createChdbConnection({ path: dataDir });
  } catch (cause) {
    throw new Error(
      `the event log in ${dataDir} cannot be opened; another process may be using it`,
      {
        cause,
      },
    );
  }
  const client = createClient({
    // The same contract declared twice: the client carries its own copy of client-common's types.
    connection: connection as unknown as NonNullable<ClickHouseClientConfigOptions['connection']>,
  });
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

async function connectServed(
  { url, cluster }: ServedLocation,
  patience: Patience,
): Promise<ClickHouseConnection> {
  const address = new URL(url);
  const database = decodeURIComponent(address.pathname.slice(1)) || DEFAULT_DATABASE;
  address.pathname = '/';
  const place = cluster === undefined ? undefined : { cluster, database };
  await createDatabase(address, database, cluster);
  const client = tellingWhenAway(
    createClient({
      ...clientOptions(address, patience),
      database,
      compression: { request: true },
      clickhouse_settings: {
        // Who asked has gone: the answer is worth nothing any more.
        cancel_http_readonly_queries_on_client_close: 1,
        ...(place === undefined ? {} : clusterSettings),
        ...progressSettings(patience),
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
  const bootstrap = createClient(clientOptions(address, forQuestions));
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

function clientOptions(
  url: URL,
  { longestMs, progressEveryMs }: Patience,
): ClickHouseClientConfigOptions {
  return {
    url,
    application: 'tenth',
    // Of silence: progress that is told begins it anew.
    request_timeout: longestMs,
    ...(progressEveryMs === undefined
      ? {}
      : {
          max_response_headers_size:
            MIN_HEADER_BYTES + Math.ceil(longestMs / progressEveryMs) * PROGRESS_BYTES,
        }),
    // Long lists of values do not fit into an address.
    use_multipart_params_auto: true,
    // Whoever asked gets the error; the client's own log would be a second one, in another form.
    log: { level: ClickHouseLogLevel.OFF },
  };
}

/** An error comes with status 200 then, and its code as a header, by which the client knows it. */
function progressSettings({ progressEveryMs }: Patience): ClickHouseSettings {
  return progressEveryMs === undefined
    ? {}
    : {
        send_progress_in_http_headers: 1,
        http_headers_progress_interval_ms: String(progressEveryMs),
      };
}
