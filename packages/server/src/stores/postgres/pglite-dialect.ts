import {
  type CompiledQuery,
  type DatabaseConnection,
  type DatabaseIntrospector,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from 'kysely';
import type { BoundValue } from './connection.ts';
import type { EmbeddedClient } from './embedded-client.ts';
import type { TransactionGate } from './transaction-gate.ts';

/** Kysely over the embedded PostgreSQL. */
export class PgliteDialect implements Dialect {
  readonly #client: EmbeddedClient;
  readonly #gate: TransactionGate;

  constructor(client: EmbeddedClient, gate: TransactionGate) {
    this.#client = client;
    this.#gate = gate;
  }

  createDriver(): Driver {
    return new PgliteDriver(this.#client, this.#gate);
  }

  createQueryCompiler(): PostgresQueryCompiler {
    return new PostgresQueryCompiler();
  }

  createAdapter(): PostgresAdapter {
    return new PostgresAdapter();
  }

  // Kysely's own interface has any here: an introspector reads whatever tables there are.
  // biome-ignore lint/suspicious/noExplicitAny: prescribed by the interface
  createIntrospector(db: Kysely<any>): DatabaseIntrospector {
    return new PostgresIntrospector(db);
  }
}

class PgliteDriver implements Driver {
  readonly #client: EmbeddedClient;
  readonly #gate: TransactionGate;

  constructor(client: EmbeddedClient, gate: TransactionGate) {
    this.#client = client;
    this.#gate = gate;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<PgliteConnection> {
    return new PgliteConnection(this.#client, this.#gate);
  }

  beginTransaction(connection: PgliteConnection): Promise<void> {
    return connection.begin();
  }

  commitTransaction(connection: PgliteConnection): Promise<void> {
    return connection.end('commit');
  }

  rollbackTransaction(connection: PgliteConnection): Promise<void> {
    return connection.end('rollback');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class PgliteConnection implements DatabaseConnection {
  readonly #client: EmbeddedClient;
  readonly #gate: TransactionGate;
  #leave: (() => void) | undefined;

  constructor(client: EmbeddedClient, gate: TransactionGate) {
    this.#client = client;
    this.#gate = gate;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    // The stores bind nothing else; the worker refuses what it cannot bind.
    const statement = { sql, values: parameters as readonly BoundValue[] };
    const send = () => this.#client.run(statement, false);
    const { rows, changed } = await (this.#leave === undefined ? this.#gate.outside(send) : send());
    // Kysely's contract: the row type is the caller's claim about its query.
    return { rows: rows as readonly unknown[] as R[], numAffectedRows: BigInt(changed) };
  }

  // biome-ignore lint/correctness/useYield: refuses before the first row
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('the embedded database does not stream results');
  }

  async begin(): Promise<void> {
    this.#leave = await this.#gate.enter();
    try {
      await this.#run('begin');
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    try {
      await this.#run(how);
    } finally {
      this.#release();
    }
  }

  #release(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  async #run(sql: string): Promise<void> {
    await this.#client.run({ sql, values: [] }, false);
  }
}
