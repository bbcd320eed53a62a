import { mkdir } from 'node:fs/promises';
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  createClient,
} from '@clickhouse/client';

/** Where the event log is: a directory of this process's own, or a server. */
export type ClickHouseLocation =
  | { readonly kind: 'embedded'; readonly dataDir: string }
  /** `http://user:password@host:8123/database`; the database is created where it is missing. */
  | { readonly kind: 'served'; readonly url: string };

export interface ClickHouseConnection {
  readonly client: ClickHouseClient;
  /** Waits for queries in flight, then closes. Closing chDB under a running query crashes the process. */
  close(): Promise<void>;
}

const DEFAULT_DATABASE = 'tenth';

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
      return connectServed(location.url);
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
    async close() {
      await drainPending();
      await client.close();
      // `close` returns before the engine has let go of the directory.
      await drainPending();
    },
  };
}

async function connectServed(url: string): Promise<ClickHouseConnection> {
  const address = new URL(url);
  const database = decodeURIComponent(address.pathname.slice(1)) || DEFAULT_DATABASE;
  address.pathname = '/';
  const bootstrap = createClient({ url: address });
  try {
    await bootstrap.command({
      query: 'CREATE DATABASE IF NOT EXISTS {database:Identifier}',
      query_params: { database },
    });
  } finally {
    await bootstrap.close();
  }
  const client = createClient({ url: address, database, compression: { request: true } });
  return { client, close: () => client.close() };
}
