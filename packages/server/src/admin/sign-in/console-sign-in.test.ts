import { randomBytes, scryptSync } from 'node:crypto';
import { workspaceId } from '@tenth/model/ids.ts';
import { expect, test } from 'vitest';
import { memorySessions, memoryUsers } from '../testing/memory-users.ts';
import { ConsoleSignIn } from './console-sign-in.ts';

const SHOP = workspaceId.parse('shop');
const PASSWORD = 'a long enough password';

test('the hash of a password from before is made anew at the next sign-in, and not by a wrong one', async () => {
  const users = memoryUsers();
  const salt = randomBytes(16);
  const key = scryptSync(PASSWORD, salt, 32, { N: 2 ** 10, r: 8, p: 1 });
  const before = `scrypt$1024$8$1$${salt.toString('base64')}$${key.toString('base64')}`;
  await users.addFirst(SHOP, {
    id: 'owner',
    email: '',
    role: 'owner',
    passwordHash: before,
    invitation: undefined,
    totp: undefined,
    createdAt: 0,
  });
  const sessions = memorySessions(users);
  const console_ = new ConsoleSignIn({ users, sessions, workspaceId: SHOP, now: () => 0 });
  const asking = {
    session: { token: undefined, set() {}, clear() {} },
    origin: { address: '203.0.113.7', userAgent: '' },
  };
  const signIn = (password: string) =>
    console_.signIn({ email: '', password, code: undefined }, asking);
  const stored = async () => (await users.find(SHOP, 'owner'))?.passwordHash;

  await expect(signIn('wrong')).rejects.toMatchObject({ code: 'password-wrong' });
  expect(await stored()).toBe(before);
  await signIn(PASSWORD);
  const after = await stored();
  expect(after).toMatch(/^\$argon2id\$/);
  await signIn(PASSWORD);
  expect(await stored()).toBe(after);
});
