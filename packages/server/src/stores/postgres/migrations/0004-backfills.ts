import type { Migration } from '../migration.ts';

export const backfills: Migration = {
  version: 4,
  name: 'backfills',
  statements: [
    `create table backfills (
      backfill_id bigint generated always as identity primary key,
      workspace_id text not null references workspaces on delete cascade,
      segment_id text not null,
      plan_version bigint not null,
      definition text not null,
      aggregates text not null,
      state text not null check (state in ('counting', 'switching', 'done', 'replaced', 'failed')),
      walked_to text not null,
      walked bigint not null,
      people bigint not null,
      entering bigint not null,
      leaving bigint not null,
      sample text not null,
      error text,
      started_at bigint not null,
      finished_at bigint,
      held_until bigint not null
    )`,
    'create index backfills_by_segment on backfills (workspace_id, segment_id, backfill_id desc)',
    'create index backfills_unfinished on backfills (workspace_id) where finished_at is null',
    // A row an occasion, so that one that comes while a person is counted is not lost with the one before.
    `create table recounts (
      recount_id bigint generated always as identity primary key,
      workspace_id text not null,
      profile_id text not null
    )`,
  ],
};
