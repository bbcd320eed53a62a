import { type Kysely, sql } from 'kysely';
import { firstTables } from './migrations/0001-first-tables.ts';
import { lists } from './migrations/0002-lists.ts';
import { sweep } from './migrations/0003-sweep.ts';
import { backfills } from './migrations/0004-backfills.ts';
import { nodes } from './migrations/0006-nodes.ts';
import type { Database } from './schema.ts';

/** One step of the schema. Forward only; a released one never changes. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

export const migrations: readonly Migration[] = [firstTables, lists, sweep, backfills, nodes];

/** Two servers starting at once take turns; the number is arbitrary and only has to stay the same. */
const MIGRATION_LOCK = 710_001;

/**
 * Brings the schema up to this version of the software.
 *
 * @throws {Error} The schema is of a newer version.
 */
export async function migrate(
  db: Kysely<Database>,
  now: number,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(tx);
    await sql`create table if not exists schema_versions (
      version bigint primary key, name text not null, applied_at bigint not null)`.execute(tx);
    const { applied } = await tx
      .selectFrom('schema_versions')
      .select((fn) => fn.fn.coalesce(fn.fn.max('version'), sql<number>`0`).as('applied'))
      .executeTakeFirstOrThrow();
    const newest = steps.at(-1)?.version ?? 0;
    if (applied > newest) {
      throw new Error(
        `the database has schema ${applied}, this version of Tenth knows up to ${newest}: start a newer version`,
      );
    }
    for (const { version, name, statements } of steps) {
      if (version > applied) {
        for (const statement of statements) {
          await sql.raw(statement).execute(tx);
        }
        await tx.insertInto('schema_versions').values({ version, name, applied_at: now }).execute();
      }
    }
  });
}
