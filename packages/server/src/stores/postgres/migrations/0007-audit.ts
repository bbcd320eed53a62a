import type { Migration } from '../migration.ts';

export const audit: Migration = {
  version: 7,
  name: 'audit',
  statements: [
    // Named like nobody, so that what is kept for ever names nobody either.
    `create table privacy_salts (
      workspace_id text primary key references workspaces on delete cascade,
      salt text not null
    )`,
    // Of no workspace by reference: it stays when one goes.
    `create table audit_log (
      workspace_id text not null,
      entry_id bigint generated always as identity,
      at bigint not null,
      caller_kind text not null,
      caller_id text not null,
      act text not null,
      target text not null,
      outcome text not null,
      plan_before bigint,
      plan_after bigint,
      request_id text not null,
      address text not null,
      primary key (workspace_id, entry_id)
    )`,
    `create index audit_log_by_person on audit_log (workspace_id, (target::jsonb ->> 'person'), entry_id desc)
      where target::jsonb ->> 'person' is not null`,
    `create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'what stands in % is never changed', tg_table_name using errcode = 'TN001';
      end $$`,
    `create trigger audit_log_is_append_only before update or delete or truncate on audit_log
      for each statement execute function refuse_change()`,
  ],
};
