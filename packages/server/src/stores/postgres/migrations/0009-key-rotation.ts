import type { Migration } from '../migration.ts';

export const keyRotation: Migration = {
  version: 9,
  name: 'key-rotation',
  statements: [
    'alter table keys add column previous_secret text unique',
    'alter table keys add column previous_until bigint',
    "alter table keys add column origins text not null default '[]'",
    'alter table keys add column expires_at bigint',
  ],
};
