import type { Migration } from '../migration.ts';

export const users: Migration = {
  version: 10,
  name: 'users',
  statements: [
    `create table users (
      workspace_id text not null references workspaces on delete cascade,
      user_id text not null,
      email text not null,
      role text not null check (role in ('owner', 'marketer', 'analyst', 'developer')),
      password_hash text,
      invitation_hash text unique,
      invited_until bigint,
      totp_secret text,
      totp_step bigint not null default 0,
      recovery_hashes text not null default '[]',
      created_at bigint not null,
      primary key (workspace_id, user_id),
      unique (workspace_id, email)
    )`,
    // Whoever has set the console's one password is the first owner.
    `insert into users (workspace_id, user_id, email, role, password_hash, created_at)
      select workspace_id, 'owner', '', 'owner', password_hash, changed_at from console_auth`,
    // A password that is changed from now on must not stand there as it was.
    'drop table console_auth',
    // Who is signed in signs in once more.
    'delete from console_sessions',
    'alter table console_sessions add column session_id text not null',
    'alter table console_sessions add column user_id text not null',
    'alter table console_sessions add column seen_at bigint not null',
    "alter table console_sessions add column address text not null default ''",
    "alter table console_sessions add column user_agent text not null default ''",
    `alter table console_sessions add foreign key (workspace_id, user_id)
      references users (workspace_id, user_id) on delete cascade`,
    'create unique index console_sessions_by_id on console_sessions (workspace_id, session_id)',
  ],
};
