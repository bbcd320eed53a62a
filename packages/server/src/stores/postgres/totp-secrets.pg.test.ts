import { workspaceId } from '@tenth/model/ids.ts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { StoredUser } from '../../admin/sign-in/ports.ts';
import { hashRecoveryCode, requireSecondFactor } from '../../admin/sign-in/second-factor.ts';
import { codeAt, fromBase32 } from '../../admin/sign-in/totp.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { countTotpSecrets, sealTotpSecrets, totpSeal } from './totp-secrets.ts';
import { createUserStore } from './user-store.ts';

const SHOP = workspaceId.parse('shop');
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const NOW = 90_000_000;
const code = codeAt(fromBase32(SECRET), NOW / 30_000);
const KEY = 'a secret key of thirty-two characters';
const OTHER_KEY = 'another key of thirty-two characters!';
const keyed = totpSeal({ present: KEY });
const keyless = totpSeal({ present: undefined });
const otherKey = totpSeal({ present: OTHER_KEY });
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const { db } = database.connection;
  await db.insertInto('workspaces').values({ workspace_id: SHOP, created_at: 1 }).execute();
}, 60_000);
afterAll(() => database.remove());
beforeEach(async () => {
  await database.connection.db.deleteFrom('users').execute();
});

const aTotp = { secret: SECRET, lastStep: 1, recoveryHashes: [hashRecoveryCode('abc-def')] };

function aUser(id: string): StoredUser {
  return {
    id,
    email: `${id}@shop.example`,
    role: 'owner',
    passwordHash: 'hash',
    invitation: undefined,
    totp: aTotp,
    createdAt: 1,
  };
}

const storeUnder = (seal: typeof keyed) => createUserStore(database.connection, seal);

async function inDatabase(): Promise<readonly (string | null)[]> {
  const rows = await database.connection.db.selectFrom('users').select('totp_secret').execute();
  return rows.map(({ totp_secret }) => totp_secret);
}

/** Signs in with a code, under the key that the process has now. */
async function signIn(seal: typeof keyed, given: string) {
  const store = storeUnder(seal);
  const user = await store.find(SHOP, 'ann');
  return requireSecondFactor(
    user ?? aUser('nobody'),
    { code: given, now: NOW },
    { store, workspaceId: SHOP },
  );
}

test('with a key the database has no secret, also where one is changed or a code is spent', async () => {
  await storeUnder(keyed).add(SHOP, aUser('ann'));
  expect(await inDatabase()).toEqual([expect.stringMatching(/^v1\./)]);
  await storeUnder(keyed).change(SHOP, 'ann', { totp: undefined });
  await storeUnder(keyed).setTotp(SHOP, 'ann', aTotp);
  await signIn(keyed, code);
  expect(await inDatabase()).toEqual([expect.stringMatching(/^v1\./)]);
  expect((await storeUnder(keyed).find(SHOP, 'ann'))?.totp).toMatchObject({
    secret: SECRET,
    lastStep: NOW / 30_000,
  });
  await expect(signIn(keyed, code)).rejects.toThrow('a recovery code');
});

test('a secret that was put with another user does not let that one in', async () => {
  await storeUnder(keyed).add(SHOP, aUser('bea'));
  const [stolen = ''] = await inDatabase();
  await storeUnder(keyed).add(SHOP, aUser('ann'));
  await database.connection.db
    .updateTable('users')
    .set({ totp_secret: stolen })
    .where('user_id', '=', 'ann')
    .execute();
  await expect(signIn(keyed, code)).rejects.toThrow('a recovery code');
});

test('what was stored before there was a key is read, and sealed by the next start', async () => {
  await storeUnder(keyless).add(SHOP, aUser('ann'));
  expect(await inDatabase()).toEqual([SECRET]);
  await signIn(keyed, code);
  const { connection } = database;
  expect(await countTotpSecrets(connection, keyed)).toEqual({
    plain: 1,
    unreadable: 0,
    previous: 0,
    readable: 0,
  });
  await sealTotpSecrets(connection, keyless);
  expect(await inDatabase()).toEqual([SECRET]);
  await sealTotpSecrets(connection, keyed);
  expect(await inDatabase()).toEqual([expect.stringMatching(/^v1\./)]);
  expect((await storeUnder(keyed).find(SHOP, 'ann'))?.totp?.secret).toBe(SECRET);
  expect(await countTotpSecrets(connection, keyed)).toEqual({
    plain: 0,
    unreadable: 0,
    previous: 0,
    readable: 1,
  });
});

test('a key is changed without anybody being locked out, once the next start has sealed anew', async () => {
  await storeUnder(keyed).add(SHOP, aUser('ann'));
  const { connection } = database;
  const changing = totpSeal({ present: OTHER_KEY, previous: KEY });
  expect(await countTotpSecrets(connection, changing)).toMatchObject({
    previous: 1,
    unreadable: 0,
  });
  await signIn(changing, 'abc-def');
  await sealTotpSecrets(connection, changing);
  expect(await countTotpSecrets(connection, otherKey)).toMatchObject({
    readable: 1,
    unreadable: 0,
  });
  expect(await countTotpSecrets(connection, keyed)).toMatchObject({ readable: 0, unreadable: 1 });
  await signIn(otherKey, code);
  const sealed = await inDatabase();
  await sealTotpSecrets(connection, changing);
  expect(await inDatabase()).toEqual(sealed);
});

test.each([
  ['another key', otherKey],
  ['no key', keyless],
])(
  'under %s nobody gets in without a second factor; a recovery code is one, once',
  async (_, seal) => {
    await storeUnder(keyed).add(SHOP, aUser('ann'));
    expect(await countTotpSecrets(database.connection, seal)).toMatchObject({ unreadable: 1 });
    await expect(signIn(seal, '')).rejects.toThrow();
    await expect(signIn(seal, code)).rejects.toThrow('a recovery code');
    await signIn(seal, 'abc-def');
    await expect(signIn(seal, 'abc-def')).rejects.toThrow('a recovery code');
    // The right key opens it again.
    await signIn(keyed, code);
  },
);
