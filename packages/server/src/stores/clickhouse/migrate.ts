import { dueMigrations, type MigrationStep } from '../due-migrations.ts';
import type { ClickHouseConnection } from './connect.ts';
import type { Migration } from './migration.ts';
import { events } from './migrations/0001-events.ts';
import { decisions } from './migrations/0002-decisions.ts';
import { personLinks } from './migrations/0003-person-links.ts';
import { listMembers } from './migrations/0004-list-members.ts';
import { personLevels } from './migrations/0005-person-levels.ts';
import { profileTables } from './migrations/0006-profile-tables.ts';
import { decisionsByHash } from './migrations/0007-decisions-by-hash.ts';
import { erasing } from './migrations/0008-erasing.ts';
import { runMigration } from './run-migration.ts';

export const migrations: readonly Migration[] = [
  events,
  decisions,
  personLinks,
  listMembers,
  personLevels,
  profileTables,
  decisionsByHash,
  erasing,
];

const LEDGER = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version UInt32,
  name String,
  applied_at DateTime DEFAULT now()
) ENGINE = ReplacingMergeTree ORDER BY version`;

/**
 * Brings the tables to the version of this code.
 *
 * @param log Connected with patience `forMigrations`: filling a table from all events takes hours.
 * @param steps Those of this code, unless a test has others.
 * @returns What was applied now; empty where all stood already.
 * @throws {Error} The tables are of a newer version, or of another line of versions;
 *   or a step took longer than is waited for.
 */
export async function migrateClickHouse(
  log: Pick<ClickHouseConnection, 'client' | 'cluster'>,
  steps: readonly Migration[] = migrations,
): Promise<readonly Migration[]> {
  const { client } = log;
  await client.command({ query: LEDGER });
  const reply = await client.query({
    query: 'SELECT DISTINCT version, name FROM schema_migrations ORDER BY version',
    format: 'JSONEachRow',
  });
  const applied = await reply.json<MigrationStep>();
  const due = dueMigrations(steps, applied, 'ClickHouse');
  for (const step of due) {
    await runMigration(log, step);
    const { version, name } = step;
    await client.command({
      query:
        'INSERT INTO schema_migrations (version, name) VALUES ({version:UInt32}, {name:String})',
      query_params: { version, name },
    });
  }
  return due;
}
