import type { Profile } from '@tenth/model/profile.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { aTrack, T0 } from '../testing/builders.ts';
import { affinityScore, mergeAffinities, reduceAffinities, timeOfScore } from './affinity.ts';

const none: Profile['affinities'] = {};
const viewed = (category: string, at = T0) => aTrack('Product Viewed', { category }, { at });
const keysOf = ({ category }: Profile['affinities']) => Object.keys(category?.keys ?? {}).sort();

test('of more than 48 keys the weakest goes, of equal ones that which sorts last', () => {
  let affinities = none;
  for (let key = 0; key < 47; key += 1) {
    affinities = reduceAffinities(affinities, viewed(`k${String(key).padStart(2, '0')}`, T0 + 1));
  }
  affinities = reduceAffinities(affinities, viewed('old', T0 - DAY_MS));
  affinities = reduceAffinities(affinities, viewed('new', T0 + DAY_MS));
  expect(keysOf(affinities)).toHaveLength(48);
  expect(keysOf(affinities)).not.toContain('old');
  affinities = reduceAffinities(affinities, viewed('newer/still', T0 + DAY_MS));
  expect(keysOf(affinities)).toHaveLength(48);
  expect(keysOf(affinities)).not.toContain('k46');
  expect(keysOf(affinities)).not.toContain('k45');
  expect(keysOf(affinities)).toContain('k44');
});

test('two halves of many keys keep the 48 weightiest', () => {
  const half = (from: number) =>
    Array.from({ length: 40 }, (_, key) => viewed(`k${from + key}`, T0 + key)).reduce(
      reduceAffinities,
      none,
    );
  const merged = mergeAffinities(half(100), half(200));
  expect(keysOf(merged)).toHaveLength(48);
  expect(keysOf(merged)).toContain('k139');
  expect(keysOf(merged)).not.toContain('k100');
});

test('an event leaves what was there before as it was', () => {
  const before = reduceAffinities(none, viewed('a/b'));
  const text = JSON.stringify(before);
  reduceAffinities(before, viewed('a/c'));
  expect(JSON.stringify(before)).toBe(text);
});

test('a score falls to a value when the formula says', () => {
  const affinities = reduceAffinities(none, viewed('a'));
  const at = timeOfScore(affinities, 'category', 'a', 500_000);
  expect(affinityScore(affinities, 'category', 'a', Math.floor(at) - 1)).toBe(0.5);
  expect(affinityScore(affinities, 'category', 'a', Math.ceil(at) + 1)).toBe(0.499999);
});
