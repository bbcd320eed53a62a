import type { Migration } from '../migration.ts';

/**
 * By what the rows of a person who is being erased are found. The text of a mutation is kept by ClickHouse
 * for long after it is done, so it may name nobody: it asks this table. A partition a try, dropped at its end.
 */
export const erasing: Migration = {
  version: 8,
  name: 'erasing',
  statements: [
    `CREATE TABLE IF NOT EXISTS erasing (
      attempt String,
      kind LowCardinality(String),
      value String
    )
    ENGINE = MergeTree
    PARTITION BY attempt
    ORDER BY (attempt, kind, value)`,
  ],
};
