import type { Migration } from '../migration.ts';

export const privacy: Migration = {
  version: 8,
  name: 'privacy',
  statements: [
    // `person_id`, `traces` and `last_outbox_id` say who it is about, and go when it is done.
    `create table erasures (
      workspace_id text not null references workspaces on delete cascade,
      erasure_id text not null,
      seq bigint generated always as identity,
      requested_at bigint not null,
      person_id text,
      traces text,
      last_outbox_id bigint,
      subjects text not null,
      tables text not null,
      plan_references text not null,
      waiting_for text,
      verified_at bigint,
      primary key (workspace_id, erasure_id)
    )`,
    'create index erasures_unfinished on erasures (seq) where verified_at is null',
    `create table suppressions (
      workspace_id text not null references workspaces on delete cascade,
      hash text not null,
      erased_at bigint not null,
      primary key (workspace_id, hash)
    )`,
    `create trigger suppressions_tell after insert or update on suppressions
      for each statement execute function tell_of_change('suppressions')`,
    // Who comes back has the profile id of before, and versions that begin again.
    'alter table profiles add column incarnation bigint not null default 0',
    // A server that still has an erased person in memory writes the next version of a row that is gone.
    // That must lose the race like any other, and not put the row back.
    `create function refuse_resurrection() returns trigger language plpgsql as $$
      begin
        raise exception 'the profile is gone' using errcode = 'TN002';
      end $$`,
    `create trigger profiles_are_not_resurrected after insert on profiles for each row
      when (new.version > 1) execute function refuse_resurrection()`,
    // What a person agreed to and took back, as it was said. The state of now follows from it.
    `create table consents (
      workspace_id text not null,
      profile_id text not null,
      consent_id bigint generated always as identity,
      purpose text not null,
      state text not null check (state in ('granted', 'withdrawn')),
      at bigint not null,
      received_at bigint not null,
      text_version text,
      source text,
      page_url text,
      device text,
      anonymous_id text,
      message_id text,
      given_by text not null,
      primary key (workspace_id, profile_id, consent_id)
    )`,
    // Rows go with the person alone: an erasure says so in its transaction.
    `create trigger consents_are_append_only before update or delete on consents for each row
      when (current_setting('tenth.erasing', true) is distinct from 'on')
      execute function refuse_change()`,
    `create trigger consents_stay before truncate on consents
      for each statement execute function refuse_change()`,
  ],
};
