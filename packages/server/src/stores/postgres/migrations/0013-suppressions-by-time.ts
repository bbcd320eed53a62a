import type { Migration } from '../migration.ts';

/** Each process asks once a second for those that are new. */
export const suppressionsByTime: Migration = {
  version: 13,
  name: 'suppressions-by-time',
  statements: ['create index suppressions_by_time on suppressions (erased_at)'],
};
