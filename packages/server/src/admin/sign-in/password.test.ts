import { randomBytes, scryptSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { hashPassword, isOutdated, isPassword } from './password.ts';

const PASSWORD = '고양이가 열 마리 있다';

test('a password is hashed by argon2id at the cost that OWASP gives, each time anew', async () => {
  const stored = await hashPassword(PASSWORD);
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await hashPassword(PASSWORD)).not.toBe(stored);
  expect(await isPassword(PASSWORD, stored)).toBe(true);
  expect(await isPassword(PASSWORD.normalize('NFD'), stored)).toBe(true);
  expect(await isPassword('고양이가 한 마리 있다', stored)).toBe(false);
  expect(isOutdated(stored)).toBe(false);
});

test('a hash of before is still known, and to be made anew', async () => {
  const salt = randomBytes(16);
  const key = scryptSync(PASSWORD.normalize('NFKC'), salt, 32, { N: 2 ** 10, r: 8, p: 1 });
  const stored = ['scrypt', 2 ** 10, 8, 1, salt.toString('base64'), key.toString('base64')].join(
    '$',
  );
  expect(await isPassword(PASSWORD, stored)).toBe(true);
  expect(await isPassword('wrong', stored)).toBe(false);
  expect(isOutdated(stored)).toBe(true);
  expect(isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c2FsdHNhbHQ$aGFzaA')).toBe(true);
});
