import type { Migration } from '../migration.ts';

export const firstTables: Migration = {
  version: 1,
  name: 'first-tables',
  statements: [
    `create table workspaces (
      workspace_id text primary key,
      created_at bigint not null
    )`,
    `create table keys (
      workspace_id text not null references workspaces on delete cascade,
      key_id text not null,
      kind text not null check (kind in ('write_key', 'api_key')),
      name text not null,
      prefix text not null,
      secret text not null unique,
      scopes text not null,
      created_at bigint not null,
      last_used_at bigint,
      primary key (workspace_id, key_id)
    )`,
    `create table console_auth (
      workspace_id text primary key references workspaces on delete cascade,
      password_hash text not null,
      changed_at bigint not null
    )`,
    `create table console_sessions (
      workspace_id text not null references workspaces on delete cascade,
      token_hash text not null,
      created_at bigint not null,
      expires_at bigint not null,
      primary key (workspace_id, token_hash)
    )`,
    `create table plan_versions (
      workspace_id text not null references workspaces on delete cascade,
      version bigint not null,
      definition text not null,
      published_at bigint not null,
      primary key (workspace_id, version)
    )`,
    // Every event rewrites a row: half-empty pages keep each rewrite on its page (a HOT update, no
    // index entry), and the state stays in the row, uncompressed, up to 8 KB. See README.md for figures.
    `create table profiles (
      workspace_id text not null,
      profile_id text not null,
      version bigint not null,
      state text not null,
      merged_into text,
      primary key (workspace_id, profile_id)
    ) with (fillfactor = 50, toast_tuple_target = 8160)`,
    'alter table profiles alter column state set storage external',
    `create table people_index (
      workspace_id text not null,
      profile_id text not null,
      user_id text,
      email text,
      name text,
      last_seen_at bigint not null,
      segments text not null,
      primary key (workspace_id, profile_id)
    )`,
    'create index people_index_by_last_seen on people_index (workspace_id, last_seen_at desc, profile_id desc)',
    `create index people_index_by_user_id on people_index (workspace_id, lower(user_id) text_pattern_ops)
      where user_id is not null`,
    `create index people_index_by_email on people_index (workspace_id, lower(email) text_pattern_ops)
      where email is not null`,
    `create index people_index_by_name on people_index (workspace_id, lower(name) text_pattern_ops)
      where name is not null`,
    `create table identifiers (
      workspace_id text not null,
      kind text not null,
      value text not null,
      profile_id text not null,
      primary key (workspace_id, kind, value)
    )`,
    'create index identifiers_by_profile on identifiers (workspace_id, profile_id)',
    `create table merges (
      workspace_id text not null,
      merge_id text not null,
      seq bigint generated always as identity,
      at bigint not null,
      message_id text not null,
      reason text not null,
      survivor_id text not null,
      absorbed_id text not null,
      survivor_before text not null,
      absorbed_before text not null,
      moved text not null,
      undone_at bigint,
      primary key (workspace_id, merge_id)
    )`,
    'create index merges_by_survivor on merges (workspace_id, survivor_id)',
    'create index merges_by_absorbed on merges (workspace_id, absorbed_id)',
    `create table outbox (
      id bigint generated always as identity primary key,
      batch bigint,
      body bytea not null,
      created_at bigint not null
    )`,
    // The body is compressed already.
    'alter table outbox alter column body set storage external',
    'create index outbox_by_batch on outbox (batch) where batch is not null',
  ],
};
