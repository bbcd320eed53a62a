import type { Migration } from '../migration.ts';

/** What several nodes agree on, and how one hears of what another has changed. */
export const nodes: Migration = {
  version: 6,
  name: 'nodes',
  statements: [
    `create table leases (
      name text primary key,
      holder text not null,
      held_until timestamptz not null
    )`,
    // Only that something changed, not what: listeners read the table again.
    `create function tell_of_change() returns trigger language plpgsql as $$
      begin
        perform pg_notify('tenth_changes', tg_argv[0]);
        return null;
      end $$`,
    `create trigger plan_versions_tell after insert on plan_versions
      for each statement execute function tell_of_change('plans')`,
    `create trigger keys_tell after insert or delete on keys
      for each statement execute function tell_of_change('keys')`,
    // That a key was used is written once a minute, and is nothing to tell of.
    `create trigger keys_tell_edits after update on keys for each row
      when (to_jsonb(old) - 'last_used_at' is distinct from to_jsonb(new) - 'last_used_at')
      execute function tell_of_change('keys')`,
  ],
};
