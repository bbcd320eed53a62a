import type { Migration } from '../migration.ts';

export const sweep: Migration = {
  version: 3,
  name: 'sweep',
  statements: [
    // An event seldom brings it forward and never puts it off, so most rewrites of a row leave the index alone.
    'alter table profiles add column due_at bigint',
    // Of nobody is it known yet: all are looked at once.
    'update profiles set due_at = 0 where merged_into is null',
    'create index profiles_by_due on profiles (due_at) where due_at is not null',
  ],
};
