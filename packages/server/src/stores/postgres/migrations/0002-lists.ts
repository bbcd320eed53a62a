import type { Migration } from '../migration.ts';

export const lists: Migration = {
  version: 2,
  name: 'lists',
  statements: [
    // A row stays when its members go, so that no number is given twice.
    `create table list_versions (
      workspace_id text not null references workspaces on delete cascade,
      list_id text not null,
      version bigint not null,
      begun_at bigint not null,
      primary key (workspace_id, list_id, version)
    )`,
    `create table list_members (
      workspace_id text not null,
      list_id text not null,
      version bigint not null,
      chunk bigint not null,
      members bytea not null,
      primary key (workspace_id, list_id, version, chunk),
      foreign key (workspace_id, list_id, version) references list_versions on delete cascade
    )`,
    // Hashes do not compress.
    'alter table list_members alter column members set storage external',
  ],
};
