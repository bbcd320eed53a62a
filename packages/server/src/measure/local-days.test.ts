import { expect, test } from 'vitest';
import { localDays } from './local-days.ts';

test('a day begins at the midnight of the shop', () => {
  const from = Date.parse('2026-08-01T15:00:00Z');
  expect(localDays(from, from + 1, 'Asia/Seoul')).toEqual(['2026-08-02']);
  expect(localDays(from - 1, from + 1, 'Asia/Seoul')).toEqual(['2026-08-01', '2026-08-02']);
  expect(localDays(from - 1, from, 'Asia/Seoul')).toEqual(['2026-08-01']);
});

test('a day of 25 hours is one day', () => {
  const from = Date.parse('2026-10-24T00:00:00+02:00');
  const to = Date.parse('2026-10-27T00:00:00+01:00');
  expect(localDays(from, to, 'Europe/Berlin')).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
});

test('an empty stretch has no day', () => {
  expect(localDays(5, 5, 'UTC')).toEqual([]);
});
