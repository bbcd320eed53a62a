import type { ClickHouseClient } from '@clickhouse/client';
import { events } from './migrations/0001-events.ts';
import { decisions } from './migrations/0002-decisions.ts';
import { personLinks } from './migrations/0003-person-links.ts';
import { listMembers } from './migrations/0004-list-members.ts';
import { personLevels } from './migrations/0005-person-levels.ts';

/** Forward only. ClickHouse has no transactions here, so each statement must be safe to run twice. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}

const migrations: readonly Migration[] = [
  events,
  decisions,
  personLinks,
  listMembers,
  personLevels,
];

const LEDGER = `CREATE TABLE IF NOT EXISTS schema_migrations (
  version UInt32,
  name String,
  applied_at DateTime DEFAULT now()
) ENGINE = ReplacingMergeTree ORDER BY version`;

/**
 * Brings the tables to the version of this code.
 *
 * @returns Versions applied now; empty where all stood already.
 */
export async function migrateClickHouse(client: ClickHouseClient): Promise<readonly number[]> {
  await client.command({ query: LEDGER });
  const reply = await client.query({
    query: 'SELECT max(version) AS version FROM schema_migrations',
    format: 'JSONEachRow',
  });
  const [row] = await reply.json<{ version: number }>();
  const due = migrations.filter((migration) => migration.version > (row?.version ?? 0));
  for (const migration of due) {
    for (const statement of migration.statements) {
      await client.command({ query: statement });
    }
    await client.command({
      query:
        'INSERT INTO schema_migrations (version, name) VALUES ({version:UInt32}, {name:String})',
      query_params: { version: migration.version, name: migration.name },
    });
  }
  return due.map((migration) => migration.version);
}
