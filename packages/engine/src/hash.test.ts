import { describe, expect, test } from 'vitest';
import { bucketOf, hash48 } from './hash.ts';

describe('bucketOf', () => {
  // GrowthBook sdk-js/test/cases.json, hash version 2.
  test.each([
    ['seed', 'a', 0.0505],
    ['seed', 'b', 0.2696],
    ['foo', 'ab', 0.2575],
    ['foo', 'def', 0.2019],
    ['89123klj', '8952klfjas09ujkasdf', 0.124],
    ['90850943850283058242805', '123', 0.7516],
  ])('puts (%s, %s) at %d, as GrowthBook does', (seed, value, expected) => {
    expect(bucketOf(seed, value)).toBe(expected);
  });

  test('spreads people evenly over tenths', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let person = 0; person < 20_000; person += 1) {
      const tenth = Math.floor(bucketOf('campaign:holdout', `person-${person}`) * 10);
      tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    }
    const chiSquare = tenths.reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
    // 99.9 % point of chi-square with 9 degrees of freedom.
    expect(chiSquare).toBeLessThan(27.9);
  });
});

test('hash48 gives eight characters and tells 50,000 ids apart', () => {
  const hashes = new Set<string>();
  for (let id = 0; id < 50_000; id += 1) {
    hashes.add(hash48(`ajs-next-${id}-${id * 7}`));
  }
  expect(hashes.size).toBe(50_000);
  expect([...hashes].every((hash) => hash.length === 8)).toBe(true);
});
