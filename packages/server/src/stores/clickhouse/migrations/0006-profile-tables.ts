import type { Migration } from '../migration.ts';
import { fillProfileTablesSql } from '../profile-tables.ts';

/**
 * What questions over everybody want of each profile and would otherwise take out of all its events: the
 * last state of its device, and facts of the whole of its history. Both follow from `events`, batch by
 * batch; a profile has a row a batch until rows are merged, so readers take them together once more.
 */
export const profileTables: Migration = {
  version: 6,
  name: 'profile_tables',
  statements: [
    `CREATE TABLE IF NOT EXISTS device_states (
      workspace_id LowCardinality(String),
      profile_hash UInt64 CODEC(ZSTD(1)),
      latest UInt128 COMMENT 'Orders the states of a profile' CODEC(ZSTD(1)),
      anonymous_id String CODEC(ZSTD(1)),
      session_id String CODEC(ZSTD(1)),
      channel LowCardinality(String),
      source LowCardinality(String),
      medium LowCardinality(String),
      campaign LowCardinality(String),
      content LowCardinality(String),
      keyword String CODEC(ZSTD(1)),
      referrer_host LowCardinality(String),
      landing_path String CODEC(ZSTD(1)),
      landing_category LowCardinality(String),
      session_device LowCardinality(String),
      session_os LowCardinality(String),
      session_browser LowCardinality(String),
      country LowCardinality(String),
      region LowCardinality(String),
      city LowCardinality(String),
      time_zone LowCardinality(String),
      session_pages UInt32 CODEC(ZSTD(1)),
      cart_currency LowCardinality(String),
      cart_minor Int64 CODEC(ZSTD(1)),
      cart_quantity Float64 CODEC(ZSTD(1)),
      cart_items String CODEC(ZSTD(1))
    )
    ENGINE = ReplacingMergeTree(latest)
    ORDER BY (workspace_id, profile_hash)`,
    `CREATE TABLE IF NOT EXISTS profile_facts (
      workspace_id LowCardinality(String),
      profile_hash UInt64 CODEC(ZSTD(1)),
      profile_id SimpleAggregateFunction(any, String) CODEC(ZSTD(1)),
      is_member SimpleAggregateFunction(max, Bool),
      sessions SimpleAggregateFunction(groupUniqArrayArray, Array(UInt64)) COMMENT 'Hashes of device and session' CODEC(ZSTD(1)),
      nameless_sessions SimpleAggregateFunction(groupUniqArrayArray, Array(UInt64)) COMMENT 'Of events without a device' CODEC(ZSTD(1)),
      last_user SimpleAggregateFunction(max, Tuple(UInt64, String)) COMMENT 'Its place in the log, and the user id' CODEC(ZSTD(1))
    )
    ENGINE = AggregatingMergeTree
    ORDER BY (workspace_id, profile_hash)`,
    ...fillProfileTablesSql('1'),
  ],
};
