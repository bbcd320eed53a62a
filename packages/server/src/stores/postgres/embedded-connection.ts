import { Kysely } from 'kysely';
import type { BoundValue, PostgresConnection, ScriptOutcome, Statement } from './connection.ts';
import { type DataDirLock, lockDataDir } from './data-dir-lock.ts';
import { prepareDatabaseFiles } from './database-files.ts';
import { EmbeddedClient } from './embedded-client.ts';
import { PgliteDialect } from './pglite-dialect.ts';
import type { Database } from './schema.ts';
import { TransactionGate } from './transaction-gate.ts';

export interface EmbeddedOptions {
  /** Shared with other embedded stores; this one uses its folder `postgres`. */
  readonly dataDir: string;
  /** The built `pglite-worker.js`. */
  readonly workerUrl: URL;
  /** The caller's lock of the directory, who releases it; unless given, it is locked until the close. */
  readonly lock?: DataDirLock | undefined;
}

/**
 * Opens the embedded PostgreSQL of a data directory, making it where there is none yet.
 *
 * @throws {Error} Another process uses the directory, or it cannot be opened.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<PostgresConnection> {
  const ownLock = options.lock === undefined ? lockDataDir(options.dataDir) : undefined;
  try {
    const client = await EmbeddedClient.open(options.workerUrl, {
      dataDir: await prepareDatabaseFiles(options.dataDir, options.workerUrl),
    });
    return new EmbeddedConnection(client, () => ownLock?.release());
  } catch (error) {
    ownLock?.release();
    throw error;
  }
}

class EmbeddedConnection implements PostgresConnection {
  readonly kind = 'embedded';
  readonly db: Kysely<Database>;
  readonly #client: EmbeddedClient;
  readonly #gate = new TransactionGate();
  readonly #onClosed: () => void;

  constructor(client: EmbeddedClient, onClosed: () => void) {
    this.#client = client;
    this.#onClosed = onClosed;
    this.db = new Kysely({ dialect: new PgliteDialect(client, this.#gate) });
  }

  runScript(statements: readonly Statement[]): Promise<ScriptOutcome> {
    return this.#gate.outside(() => this.#client.runScript(statements));
  }

  async read<Row>(sql: string, values: readonly BoundValue[]): Promise<readonly Row[]> {
    const { rows } = await this.#gate.outside(() => this.#client.run({ sql, values }, true));
    // The row type is the caller's claim about its query.
    return rows as readonly unknown[] as readonly Row[];
  }

  async close(): Promise<void> {
    await this.db.destroy();
    try {
      await this.#client.close();
    } finally {
      this.#onClosed();
    }
  }
}
