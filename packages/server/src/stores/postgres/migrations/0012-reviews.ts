import type { Migration } from '../migration.ts';

/** A change of a segment may wait to be approved. */
export const reviews: Migration = {
  version: 12,
  name: 'reviews',
  statements: [
    'alter table backfills add column is_reviewed boolean not null default false',
    'alter table backfills drop constraint backfills_state_check',
    `alter table backfills add constraint backfills_state_check check
      (state in ('counting', 'ready', 'switching', 'done', 'replaced', 'failed'))`,
  ],
};
