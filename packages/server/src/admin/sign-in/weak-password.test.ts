import { expect, test } from 'vitest';
import { requireStrong } from './weak-password.ts';

const given = { email: 'minji@shop.example', field: 'password' };

test.each([
  ['password123', 'a common word with figures'],
  ['!!Password!!', 'the same in signs'],
  ['1qaz2wsx3edc', 'a common row of keys'],
  ['qwertyuiop', 'a common row of keys'],
  ['aaaaaaaaaaaa', 'one sign'],
  ['abcabcabcabc', 'three signs'],
  ['12345678901', 'figures in a row'],
  ['minji-and-me', 'the own name'],
])('%s is refused: %s', async (password) => {
  await expect(requireStrong(password, given)).rejects.toMatchObject({
    code: 'password-weak',
    field: 'password',
  });
});

test.each([
  '고양이가 열 마리 있다',
  'a long enough password',
  'correct horse battery staple',
  'vK7!mq2Zp0',
])('%s is taken', async (password) => {
  await expect(requireStrong(password, given)).resolves.toBeUndefined();
});
