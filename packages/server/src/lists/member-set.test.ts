import { expect, test } from 'vitest';
import { MemberSet } from './member-set.ts';
import { aMemberSet, numbered } from './testing/a-member-set.ts';

test.each([0, 1, 2, 3, 255, 5_000])(
  'of %i members, each is found and nobody else',
  async (count) => {
    const set = await aMemberSet(numbered(count));
    expect(set.size).toBe(count);
    expect(numbered(count).every((value) => set.has(value))).toBe(true);
    expect(numbered(5_000, 'other-').some((value) => set.has(value))).toBe(false);
    expect(set.has('')).toBe(false);
  },
);

test('a member who was added twice counts once', async () => {
  const set = await aMemberSet([...numbered(3_000), ...[...numbered(3_000)].reverse(), 'user-7']);
  expect(set.size).toBe(3_000);
  expect(set.has('user-2999')).toBe(true);
});

test('chunks are sorted, and together they are the set', async () => {
  const set = await aMemberSet(numbered(1_000));
  const chunks = [...set.chunks(300)];
  expect(chunks.map(({ length }) => length)).toEqual([300, 300, 300, 100]);
  const all = BigUint64Array.from(chunks.flatMap((chunk) => [...chunk]));
  expect([...all]).toEqual([...all].sort((left, right) => (left < right ? -1 : 1)));
  const again = new MemberSet(all);
  expect(numbered(1_000).every((value) => again.has(value))).toBe(true);
});
