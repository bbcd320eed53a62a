import type { Migration } from '../migration.ts';

/**
 * Sorted by event name, since reports ask for one kind of event over days. A person's timeline still
 * reads little: within one event and day, rows are sorted by profile.
 *
 * Names that people do not make up are LowCardinality; ids and addresses are compressed by ZSTD.
 * `payload` is what was sent, `enrichment` what the server added that no other column has.
 */
export const events: Migration = {
  version: 1,
  name: 'events',
  statements: [
    `CREATE TABLE IF NOT EXISTS events (
      workspace_id LowCardinality(String),
      seq UInt64 CODEC(Delta, ZSTD(1)),
      batch UInt64 CODEC(Delta, ZSTD(1)),
      message_id String CODEC(ZSTD(1)),
      type LowCardinality(String),
      event LowCardinality(String) COMMENT 'Track: the name; others: the type',
      name LowCardinality(String) COMMENT 'Track: the name; page and screen: the name of the page',
      profile_id String CODEC(ZSTD(1)),
      profile_hash UInt64 DEFAULT cityHash64(profile_id) COMMENT 'Stands for the id where people are grouped' CODEC(ZSTD(1)),
      anonymous_id String CODEC(ZSTD(1)),
      user_id String CODEC(ZSTD(1)),
      session_id String CODEC(ZSTD(1)),
      session_started_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
      session_last_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
      session_pages UInt32 CODEC(ZSTD(1)),
      session_device LowCardinality(String),
      session_os LowCardinality(String),
      session_browser LowCardinality(String),
      country LowCardinality(String),
      region LowCardinality(String),
      city LowCardinality(String),
      time_zone LowCardinality(String),
      timestamp DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
      received_at DateTime64(3, 'UTC') CODEC(Delta, ZSTD(1)),
      is_bot Bool,
      is_member Bool,
      is_new_visitor Bool,
      channel LowCardinality(String),
      source LowCardinality(String),
      medium LowCardinality(String),
      campaign LowCardinality(String),
      content LowCardinality(String),
      keyword String CODEC(ZSTD(1)),
      referrer_host LowCardinality(String),
      landing_path String CODEC(ZSTD(1)),
      landing_category LowCardinality(String),
      device_type LowCardinality(String),
      os LowCardinality(String),
      browser LowCardinality(String),
      locale LowCardinality(String),
      page_url String CODEC(ZSTD(1)),
      page_path String CODEC(ZSTD(1)),
      page_title String CODEC(ZSTD(1)),
      page_category LowCardinality(String),
      page_name String CODEC(ZSTD(1)),
      product_id String CODEC(ZSTD(1)),
      order_id String CODEC(ZSTD(1)),
      decision_id String CODEC(ZSTD(1)),
      value Float64 COMMENT 'Order Completed: its total, in units of the currency' CODEC(ZSTD(1)),
      pieces Float64 COMMENT 'Order Completed: products bought' CODEC(ZSTD(1)),
      currency LowCardinality(String),
      order_key String COMMENT 'Tells reports of one order, as the profile does' CODEC(ZSTD(1)),
      order_minor Int64 COMMENT 'Its total in minor units' CODEC(ZSTD(1)),
      order_currency LowCardinality(String),
      cart_currency LowCardinality(String) COMMENT 'The cart of the device after the event',
      cart_minor Int64 CODEC(ZSTD(1)),
      cart_quantity Float64 CODEC(ZSTD(1)),
      cart_items String COMMENT '[[id, name, category, brand], …]' CODEC(ZSTD(1)),
      interest_keys Array(LowCardinality(String)) COMMENT 'category:men; category: is the total',
      interest_weight UInt8 COMMENT 'Undecayed, for each of the keys',
      decide_at Int64 COMMENT 'Moment of the decision, ms since 1970; 0: nobody waited on it' CODEC(Delta, ZSTD(1)),
      plan_version UInt64 COMMENT 'Of the plan that ran on it; 0 for a bot' CODEC(Delta, ZSTD(1)),
      is_first Bool COMMENT 'The profile began with it, or began anew',
      absorbed_id String COMMENT 'Profile merged into this one before it' CODEC(ZSTD(1)),
      payload String CODEC(ZSTD(1)),
      enrichment String CODEC(ZSTD(1)),
      trace String CODEC(ZSTD(1)),
      INDEX by_batch batch TYPE minmax GRANULARITY 1,
      INDEX by_seq seq TYPE minmax GRANULARITY 1,
      INDEX by_timestamp timestamp TYPE minmax GRANULARITY 1,
      INDEX by_decision decision_id TYPE bloom_filter(0.01) GRANULARITY 4
    )
    ENGINE = MergeTree
    PARTITION BY toYYYYMM(timestamp)
    ORDER BY (workspace_id, event, toDate(timestamp), profile_id, message_id)
    SETTINGS non_replicated_deduplication_window = 1000`,
  ],
};
