import { workspaceId } from '@tenth/model/ids.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrate, migrations } from './migrate.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { totpSeal } from './totp-secrets.ts';
import { createUserStore } from './user-store.ts';

const SHOP = workspaceId.parse('shop');
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.remove());

test('whoever had set the one password of the console is the first owner, by the same password', async () => {
  const { db } = database.connection;
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await migrate(
    db,
    1,
    migrations.filter(({ name }) => name !== 'users'),
  );
  await db.insertInto('workspaces').values({ workspace_id: SHOP, created_at: 1 }).execute();
  await sql`insert into console_auth (workspace_id, password_hash, changed_at)
    values ('shop', 'scrypt$of-before', 7)`.execute(db);
  await sql`insert into console_sessions (workspace_id, token_hash, created_at, expires_at)
    values ('shop', 'token', 7, 8)`.execute(db);

  await migrate(db, 2);
  expect(
    await createUserStore(database.connection, totpSeal({ present: undefined })).findByEmail(
      SHOP,
      '',
    ),
  ).toEqual({
    id: 'owner',
    email: '',
    role: 'owner',
    passwordHash: 'scrypt$of-before',
    invitation: undefined,
    totp: undefined,
    createdAt: 7,
  });
  expect(await db.selectFrom('console_sessions').selectAll().execute()).toEqual([]);
});
