import { expect, test } from 'vitest';
import { murmur3 } from './murmur3.ts';

// MurmurHash3_x86_32 with seed 0; the last three as ClickHouse's murmurHash3_32 gives them.
test.each([
  ['', 0],
  ['hello', 0x248bfa47],
  ['hello, world', 0x149bbb7f],
  ['The quick brown fox jumps over the lazy dog', 0x2e4ff723],
])('hashes %j as the reference does', (text, expected) => {
  expect(murmur3(text)).toBe(expected);
});

test('hashes the UTF-8 of a text, half a surrogate pair as U+FFFD', () => {
  // The bytes of a text in Latin letters that has the same UTF-8 do not exist, so texts are compared.
  expect(murmur3('라운드랩')).not.toBe(murmur3('라운드랍'));
  expect(murmur3('a\ud83d')).toBe(murmur3('a\ufffd'));
  expect(murmur3('\udc00\ud83d\ude00')).toBe(murmur3('\ufffd😀'));
});
