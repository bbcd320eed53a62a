import type { Migration } from '../migration.ts';

export const decisions: Migration = {
  version: 2,
  name: 'decisions',
  statements: [
    `CREATE TABLE IF NOT EXISTS decisions (
      workspace_id LowCardinality(String),
      seq UInt64 CODEC(Delta, ZSTD(1)),
      batch UInt64 CODEC(Delta, ZSTD(1)),
      decision_id String CODEC(ZSTD(1)),
      campaign_id LowCardinality(String),
      variant_id LowCardinality(String),
      arm LowCardinality(String),
      probability Float64,
      plan_version UInt64 CODEC(ZSTD(1)),
      at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
      message_id String CODEC(ZSTD(1)),
      profile_id String CODEC(ZSTD(1)),
      session_id String CODEC(ZSTD(1)),
      is_crossed_over Bool,
      is_bot Bool,
      INDEX by_batch batch TYPE minmax GRANULARITY 1
    )
    ENGINE = MergeTree
    PARTITION BY toYYYYMM(at)
    ORDER BY (workspace_id, campaign_id, toDate(at), profile_id, decision_id)
    SETTINGS non_replicated_deduplication_window = 1000`,
  ],
};
