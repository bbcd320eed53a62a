import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './schema.ts';

/** Arbitrary; it only has to stay the same. */
const MIGRATION_LOCK = 710_001;

/**
 * Does something in a transaction that no other server on the same database does meanwhile: servers that
 * start at once take turns. What is migrated may take its time, so limits on time do not hold here.
 */
export function underMigrationLock<Result>(
  db: Kysely<Database>,
  work: (tx: Transaction<Database>) => Promise<Result>,
): Promise<Result> {
  return db.transaction().execute(async (tx) => {
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`set local idle_in_transaction_session_timeout = 0`.execute(tx);
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(tx);
    return work(tx);
  });
}
