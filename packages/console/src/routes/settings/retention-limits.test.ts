import { expect, test } from 'vitest';
import { cutsOf, readMonths } from './retention-limits.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const none = { eventMonths: null, inactiveMonths: null };

test.each([
  ['', null],
  ['  ', null],
  ['1', 1],
  [' 24 ', 24],
  ['120', 120],
  ['121', undefined],
  ['0', undefined],
  ['-3', undefined],
  ['1.5', undefined],
  ['1e1', undefined],
  ['a year', undefined],
])('"%s" is read as %s months', (text, months) => {
  expect(readMonths(text)).toBe(months);
});

test('a limit that is new or shorter deletes, and says before which day', () => {
  expect(cutsOf(none, { eventMonths: 12, inactiveMonths: 24 }, NOW)).toEqual({
    events: '2025-11-23T00:00:00.000Z',
    people: '2024-11-23T00:00:00.000Z',
  });
  expect(
    cutsOf({ eventMonths: 12, inactiveMonths: 24 }, { eventMonths: 11, inactiveMonths: 24 }, NOW),
  ).toEqual({ events: '2025-12-23T00:00:00.000Z', people: undefined });
});

test('one that is as before, longer or gone deletes nothing more', () => {
  const before = { eventMonths: 12, inactiveMonths: 24 };
  for (const after of [before, none, { eventMonths: 13, inactiveMonths: null }]) {
    expect(cutsOf(before, after, NOW)).toEqual({ events: undefined, people: undefined });
  }
});
