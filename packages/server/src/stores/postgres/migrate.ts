import { type Kysely, sql } from 'kysely';
import { dueMigrations } from '../due-migrations.ts';
import type { Migration } from './migration.ts';
import { underMigrationLock } from './migration-lock.ts';
import { firstTables } from './migrations/0001-first-tables.ts';
import { lists } from './migrations/0002-lists.ts';
import { sweep } from './migrations/0003-sweep.ts';
import { backfills } from './migrations/0004-backfills.ts';
import { nodes } from './migrations/0006-nodes.ts';
import { audit } from './migrations/0007-audit.ts';
import { privacy } from './migrations/0008-privacy.ts';
import { keyRotation } from './migrations/0009-key-rotation.ts';
import { users } from './migrations/0010-users.ts';
import { consentNews } from './migrations/0011-consent-news.ts';
import { reviews } from './migrations/0012-reviews.ts';
import { suppressionsByTime } from './migrations/0013-suppressions-by-time.ts';
import type { Database } from './schema.ts';

export const migrations: readonly Migration[] = [
  firstTables,
  lists,
  sweep,
  backfills,
  nodes,
  audit,
  privacy,
  keyRotation,
  users,
  consentNews,
  reviews,
  suppressionsByTime,
];

/**
 * Brings the schema up to this version of the software; servers that start at once take turns.
 *
 * @returns What was applied now; empty where all stood already.
 * @throws {Error} The schema is of a newer version, or of another line of versions.
 */
export function migrate(
  db: Kysely<Database>,
  now: number,
  steps: readonly Migration[] = migrations,
): Promise<readonly Migration[]> {
  return underMigrationLock(db, async (tx) => {
    await sql`create table if not exists schema_versions (
      version bigint primary key, name text not null, applied_at bigint not null)`.execute(tx);
    const applied = await tx.selectFrom('schema_versions').select(['version', 'name']).execute();
    const due = dueMigrations(steps, applied, 'PostgreSQL');
    for (const { version, name, statements } of due) {
      for (const statement of statements) {
        await sql.raw(statement).execute(tx);
      }
      await tx.insertInto('schema_versions').values({ version, name, applied_at: now }).execute();
    }
    return due;
  });
}
