import type { Migration } from '../migration.ts';

/** Written again without harm: equal rows fall together, and readers take the highest version. */
export const personLinks: Migration = {
  version: 3,
  name: 'person_links',
  statements: [
    `CREATE TABLE IF NOT EXISTS person_links (
      workspace_id LowCardinality(String),
      profile_id String,
      person_id String,
      version UInt64
    )
    ENGINE = ReplacingMergeTree(version)
    ORDER BY (workspace_id, profile_id)`,
  ],
};
