import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { BoundValue, PostgresConnection, ScriptOutcome, Statement } from './connection.ts';
import type { Database } from './schema.ts';

const INT8_OID = 20;

/** Connects to a PostgreSQL server, version 14 or later. */
export function openServed(connectionString: string): PostgresConnection {
  const types = new pg.TypeOverrides();
  // As the embedded connection reads them: all 64-bit numbers here stay under 2^53.
  types.setTypeParser(INT8_OID, Number);
  return new ServedConnection(new pg.Pool({ connectionString, types, max: 10 }));
}

class ServedConnection implements PostgresConnection {
  readonly kind = 'served';
  readonly db: Kysely<Database>;
  readonly #pool: pg.Pool;
  readonly #names = new Map<string, string>();

  constructor(pool: pg.Pool) {
    this.#pool = pool;
    // An idle connection that breaks is replaced with the next use; unheard, the event would end the process.
    pool.on('error', () => {});
    this.db = new Kysely({ dialect: new PostgresDialect({ pool }) });
  }

  async runScript(statements: readonly Statement[]): Promise<ScriptOutcome> {
    const client = await this.#pool.connect();
    try {
      await client.query('begin');
      let last: readonly Readonly<Record<string, unknown>>[] = [];
      for (const [at, { sql, values, mustChange }] of statements.entries()) {
        const { rowCount, rows } = await client.query(this.#named(sql, values));
        if (mustChange !== undefined && rowCount !== mustChange) {
          await client.query('rollback');
          client.release();
          return { kind: 'mismatch', at, changed: rowCount ?? 0 };
        }
        last = rows;
      }
      await client.query('commit');
      client.release();
      return { kind: 'done', rows: last };
    } catch (error) {
      // Closing the connection rolls back, also when it no longer answers.
      client.release(true);
      throw error;
    }
  }

  async read<Row>(sql: string, values: readonly BoundValue[]): Promise<readonly Row[]> {
    const { rows } = await this.#pool.query(this.#named(sql, values));
    return rows;
  }

  pool() {
    const { totalCount: total, idleCount: idle, waitingCount: waiting } = this.#pool;
    return { total, idle, waiting };
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
