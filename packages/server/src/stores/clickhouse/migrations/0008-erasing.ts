import type { Migration } from '../migration.ts';

/**
 * By what the rows of a person who is being erased are found. The text of a mutation is kept by ClickHouse
 * for long after it is done, so it may name nobody: it asks this table. A partition an
 * erasure, under its id (`attempt`), dropped once its rows are gone.
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
