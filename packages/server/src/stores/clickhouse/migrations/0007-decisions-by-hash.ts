import type { Migration } from '../migration.ts';

/** Numbers are grouped and joined several times as fast as ids; `events` has the same column. */
export const decisionsByHash: Migration = {
  version: 7,
  name: 'decisions_by_hash',
  statements: [
    `ALTER TABLE decisions ADD COLUMN IF NOT EXISTS
      profile_hash UInt64 DEFAULT cityHash64(profile_id) COMMENT 'Stands for the id where people are grouped' CODEC(ZSTD(1)) AFTER profile_id`,
  ],
};
