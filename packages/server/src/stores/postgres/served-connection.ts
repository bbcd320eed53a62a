import { SECOND_MS } from '@tenth/model/time.ts';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import pg from 'pg';
import type { BoundValue, PostgresConnection, ScriptOutcome, Statement } from './connection.ts';
import type { Database } from './schema.ts';
import { type ServedClient, ServedPool } from './served-pool.ts';
import { isSilence } from './silence.ts';

export interface ServedOptions {
  /** Connections at most; further callers wait for one. */
  readonly connections?: number;
  /**
   * What one statement may take. Twice the time of the longest seen, a vacuum in its way; a commit takes
   * milliseconds. `none` for migrations and copies.
   */
  readonly statementTimeout?: 'usual' | 'none';
}

const INT8_OID = 20;
const CONNECT_TIMEOUT_MS = 5 * SECOND_MS;
const STATEMENT_TIMEOUT_MS = 30 * SECOND_MS;
/** Past the server's own limit, so that this one speaks only when the server no longer does. */
const SILENCE_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5 * SECOND_MS;
/** Connections are made anew now and then, so that a proxy or a new primary gets its share. */
const CONNECTION_LIFETIME_S = 600;
const DEFAULT_CONNECTIONS = 10;
const PLAIN_QUESTION = /^\s*select\b/i;

/** Connects to a PostgreSQL server, version 15 or later. */
export function openServed(
  connectionString: string,
  { connections = DEFAULT_CONNECTIONS, statementTimeout = 'usual' }: ServedOptions = {},
): PostgresConnection {
  const types = new pg.TypeOverrides();
  // As the embedded connection reads them: all 64-bit numbers here stay under 2^53.
  types.setTypeParser(INT8_OID, Number);
  const pool = new pg.Pool({
    connectionString,
    types,
    pipeline: true,
    max: connections,
    fallback_application_name: 'tenth',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    maxLifetimeSeconds: CONNECTION_LIFETIME_S,
    ...(statementTimeout === 'none'
      ? {}
      : {
          statement_timeout: STATEMENT_TIMEOUT_MS,
          idle_in_transaction_session_timeout: STATEMENT_TIMEOUT_MS,
          query_timeout: SILENCE_TIMEOUT_MS,
        }),
  });
  return new ServedConnection(new ServedPool(pool));
}

class ServedConnection implements PostgresConnection {
  readonly kind = 'served';
  readonly db: Kysely<Database>;
  readonly #pool: ServedPool;
  readonly #names = new Map<string, string>();

  constructor(pool: ServedPool) {
    this.#pool = pool;
    // All of Kysely's contract but cursors, which nothing here uses.
    const dialectPool = pool as unknown as PostgresPool;
    this.db = new Kysely({ dialect: new PostgresDialect({ pool: dialectPool }) });
  }

  async runScript(statements: readonly Statement[]): Promise<ScriptOutcome> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      return await this.#runInTransaction(client, statements);
    } catch (error) {
      // One that does not answer is closed when it is released, which rolls back, too.
      if (!isSilence(causeOf(error))) {
        await client.query('rollback');
      }
      throw error;
    } finally {
      client.release();
    }
  }

  async #runInTransaction(
    client: ServedClient,
    statements: readonly Statement[],
  ): Promise<ScriptOutcome> {
    // All at once, so that a commit takes three ways to the server and back and not one a statement.
    const results = await Promise.allSettled(
      statements.map(({ sql, values }) => client.query(this.#named(sql, values))),
    );
    let last: readonly Readonly<Record<string, unknown>>[] = [];
    for (const [at, result] of results.entries()) {
      if (result.status === 'rejected') {
        // Those after it fail for its sake.
        throw result.reason;
      }
      const { rowCount, rows } = result.value;
      const mustChange = statements[at]?.mustChange;
      if (mustChange !== undefined && rowCount !== mustChange) {
        await client.query('rollback');
        return { kind: 'mismatch', at, changed: rowCount ?? 0 };
      }
      last = rows;
    }
    await client.query('commit');
    return { kind: 'done', rows: last };
  }

  async read<Row>(sql: string, values: readonly BoundValue[]): Promise<readonly Row[]> {
    try {
      return await this.#readOnce<Row>(sql, values);
    } catch (error) {
      // A question that changes nothing may be asked twice, such as on a connection that a restart broke.
      if (!PLAIN_QUESTION.test(sql) || !isSilence(causeOf(error))) {
        throw error;
      }
      return await this.#readOnce<Row>(sql, values);
    }
  }

  async #readOnce<Row>(sql: string, values: readonly BoundValue[]): Promise<readonly Row[]> {
    const client = await this.#pool.connect();
    try {
      const { rows } = await client.query(this.#named(sql, values));
      // The row type is the caller's claim about its query.
      return rows as readonly unknown[] as readonly Row[];
    } finally {
      client.release();
    }
  }

  pool() {
    return this.#pool.counts;
  }

  breaker() {
    return this.#pool.breaker;
  }

  async close(): Promise<void> {
    // Ends the pool with it.
    await this.db.destroy();
  }

  #named(sql: string, values: readonly BoundValue[]): pg.QueryConfig {
    const name = this.#names.get(sql) ?? `tenth_${this.#names.size + 1}`;
    this.#names.set(sql, name);
    return { name, text: sql, values: [...values] };
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
