import type { Migration } from '../migration.ts';

/**
 * Everybody's levels of the variables, as they were worked out at one moment. A partition a build, since
 * a build goes as a whole; what it holds, and that it is complete, is said by its row in `level_builds`.
 * Of builds of the same levels the last one is kept in mind.
 *
 * Levels are places in the list of a variable's levels, from 1; 0 for a person at none of them.
 */
export const personLevels: Migration = {
  version: 5,
  name: 'person_levels',
  statements: [
    `CREATE TABLE IF NOT EXISTS person_levels (
      workspace_id LowCardinality(String),
      build UInt64 CODEC(Delta, LZ4),
      person_hash UInt64 CODEC(LZ4),
      person_id String CODEC(ZSTD(1)),
      levels Array(UInt8) CODEC(ZSTD(1))
    )
    ENGINE = MergeTree
    PARTITION BY (workspace_id, build)
    ORDER BY (workspace_id, build, person_id)`,
    `CREATE TABLE IF NOT EXISTS level_builds (
      workspace_id LowCardinality(String),
      build UInt64,
      signature String COMMENT 'Of the definitions that the levels follow from',
      variables Array(String) COMMENT 'In the order of the levels',
      as_of DateTime64(3, 'UTC')
    )
    ENGINE = ReplacingMergeTree(build)
    ORDER BY (workspace_id, signature, variables)`,
  ],
};
