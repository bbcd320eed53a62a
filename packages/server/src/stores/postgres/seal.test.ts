import { expect, test } from 'vitest';
import { createSeal, isSealed } from './seal.ts';

const KEY = 'a secret key of thirty-two characters';
const OTHER = 'another key of thirty-two characters!';
const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const seal = createSeal({ present: KEY }, 'totp');

test('what is sealed opens again for its own place, and shows nothing of itself', () => {
  const stored = seal.seal(SECRET, 'shop\nann');
  expect(isSealed(stored)).toBe(true);
  expect(stored).not.toContain(SECRET);
  expect(Buffer.from(stored.slice(3), 'base64url').toString('latin1')).not.toContain(SECRET);
  expect(seal.open(stored, 'shop\nann')).toBe(SECRET);
  expect(seal.seal(SECRET, 'shop\nann')).not.toBe(stored);
});

test('it opens for no other place, key or purpose', () => {
  const stored = seal.seal(SECRET, 'shop\nann');
  expect(seal.open(stored, 'shop\nbea')).toBeUndefined();
  expect(seal.open(stored, 'other\nann')).toBeUndefined();
  expect(createSeal({ present: OTHER }, 'totp').open(stored, 'shop\nann')).toBeUndefined();
  expect(createSeal({ present: KEY }, 'mail').open(stored, 'shop\nann')).toBeUndefined();
  expect(createSeal({ present: undefined }, 'totp').open(stored, 'shop\nann')).toBeUndefined();
});

test('whatever was changed or cut off, it does not open', () => {
  const stored = seal.seal(SECRET, 'x');
  const bytes = Buffer.from(stored.slice(3), 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    expect(seal.open(`v1.${changed.toString('base64url')}`, 'x')).toBeUndefined();
    expect(seal.open(`v1.${bytes.subarray(0, at).toString('base64url')}`, 'x')).toBeUndefined();
  }
});

test('what was stored before there was a key is read as it is; without a key nothing is sealed', () => {
  expect(seal.open(SECRET, 'x')).toBe(SECRET);
  expect(createSeal({ present: undefined }, 'totp').seal(SECRET, 'x')).toBe(SECRET);
});

test('while the key is changed, both open, and what the previous one sealed is known by that', () => {
  const changed = createSeal({ present: OTHER, previous: KEY }, 'totp');
  const before = seal.seal(SECRET, 'x');
  const after = changed.seal(SECRET, 'x');
  expect([before, after].map((stored) => changed.open(stored, 'x'))).toEqual([SECRET, SECRET]);
  expect([before, after, SECRET].map((stored) => changed.isCurrent(stored, 'x'))).toEqual([
    false,
    true,
    false,
  ]);
  expect(changed.open(before, 'y')).toBeUndefined();
  expect(seal.open(after, 'x')).toBeUndefined();
});
