import { expect, test } from 'vitest';
import { codeAt, fromBase32, newTotpSecret, stepOfCode, toBase32, totpUri } from './totp.ts';

const RFC_KEY = Buffer.from('12345678901234567890');
const SECRET = toBase32(RFC_KEY);

// RFC 6238, appendix B, SHA-1; the last six of eight digits.
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_111_111_111, '050471'],
  [1_234_567_890, '005924'],
  [2_000_000_000, '279037'],
  [20_000_000_000, '353130'],
])('at %d s the code is %s', (seconds, code) => {
  expect(codeAt(RFC_KEY, Math.floor(seconds / 30))).toBe(code);
  expect(stepOfCode(SECRET, code, { now: seconds * 1_000, after: 0 })).toBe(
    Math.floor(seconds / 30),
  );
});

test('a code is taken a step early or late, once, and no code at other times', () => {
  const code = codeAt(RFC_KEY, 1_000);
  const at = (step: number, after = 0) => stepOfCode(SECRET, code, { now: step * 30_000, after });
  expect([998, 999, 1_000, 1_001, 1_002].map((step) => at(step))).toEqual([
    undefined,
    ...[1_000, 1_000, 1_000],
    undefined,
  ]);
  expect(at(1_000, 1_000)).toBeUndefined();
  expect(stepOfCode(SECRET, '', { now: 30_000_000, after: 0 })).toBeUndefined();
});

test('base 32 goes there and back', () => {
  // RFC 4648, section 10, without padding.
  expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(toBase32(fromBase32(secret))).toBe(secret);
});

test('an app reads whose secret it is', () => {
  expect(totpUri(SECRET, { issuer: '내 가게', account: 'a@b.kr' })).toBe(
    `otpauth://totp/%EB%82%B4%20%EA%B0%80%EA%B2%8C:a%40b.kr?secret=${SECRET}&issuer=%EB%82%B4%20%EA%B0%80%EA%B2%8C`,
  );
});
