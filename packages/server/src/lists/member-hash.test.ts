import { expect, test } from 'vitest';
import { hashMember } from './member-hash.ts';

function hash(value: string): bigint | undefined {
  const words = new Uint32Array(2);
  hashMember(value, words, 0);
  return new BigUint64Array(words.buffer)[0];
}

test.each([
  // SELECT sipHash64(…), ClickHouse 26.7
  { value: '', expected: 2202906307356721367n },
  { value: 'a', expected: 10863254463029944905n },
  { value: '1234567', expected: 17835334163700308593n },
  { value: '12345678', expected: 6766637294834280856n },
  { value: 'kim@example.com', expected: 6549432516479534133n },
  { value: 'user-000001', expected: 5300338375120512347n },
  { value: '김민지', expected: 4934860035894558246n },
  { value: '😀', expected: 14917250615725983156n },
  { value: 'x'.repeat(255), expected: 7449977088619642240n },
])("the hash of '$value' is ClickHouse's", ({ value, expected }) => {
  expect(hash(value)).toBe(expected);
});

test('a text longer than any before is hashed whole', () => {
  const long = '가'.repeat(100_000);
  expect(hash(long)).toBe(hash(long));
  expect(hash(long)).not.toBe(hash(`${long}.`));
  expect(hash('a')).toBe(10863254463029944905n);
});
