import type { Migration } from '../migration.ts';

/**
 * Members of uploaded lists as their hashes, to be asked with `sipHash64(value) IN (SELECT member …)`
 * for the version that the plan names. A partition a version, since a version goes as a whole. Written
 * again without harm: equal rows fall together.
 */
export const listMembers: Migration = {
  version: 4,
  name: 'list_members',
  statements: [
    `CREATE TABLE IF NOT EXISTS list_members (
      workspace_id LowCardinality(String),
      list_id LowCardinality(String),
      version UInt64,
      member UInt64 COMMENT 'sipHash64 of the user id, or of the trimmed e-mail address in lower case' CODEC(Delta, LZ4)
    )
    ENGINE = ReplacingMergeTree
    PARTITION BY (workspace_id, list_id, version)
    ORDER BY (workspace_id, list_id, version, member)`,
  ],
};
