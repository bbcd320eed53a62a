import { expect, test } from 'vitest';
import { periodBefore, periodOf, readPeriodChoice, startOfDay } from './period.ts';

const evening = Date.parse('2026-03-05T16:30:00Z'); // 6 March, 01:30 in Seoul

test('days are the workspace’s own: after midnight in Seoul it is tomorrow', () => {
  expect(periodOf({ preset: 'today' }, evening, 'Asia/Seoul')).toEqual({
    from: '2026-03-05T15:00:00.000Z',
    to: '2026-03-06T15:00:00.000Z',
  });
  expect(periodOf({ preset: 'today' }, evening, 'UTC')).toEqual({
    from: '2026-03-05T00:00:00.000Z',
    to: '2026-03-06T00:00:00.000Z',
  });
});

test('the last 7 days include today', () => {
  expect(periodOf({ preset: 'last7' }, evening, 'Asia/Seoul').from).toBe(
    '2026-02-27T15:00:00.000Z',
  );
});

test('the period before ends where the period begins and is as long', () => {
  const choice = { preset: 'custom', from: '2026-03-01', to: '2026-03-03' } as const;
  expect(periodBefore(choice, evening, 'UTC')).toEqual({
    from: '2026-02-26T00:00:00.000Z',
    to: '2026-03-01T00:00:00.000Z',
  });
});

test('a day begins at local midnight on both sides of a clock change', () => {
  expect(new Date(startOfDay('2026-03-29', 'Europe/Berlin')).toISOString()).toBe(
    '2026-03-28T23:00:00.000Z',
  );
  expect(new Date(startOfDay('2026-03-30', 'Europe/Berlin')).toISOString()).toBe(
    '2026-03-29T22:00:00.000Z',
  );
});

test('nonsense in the address falls back to 30 days', () => {
  expect(readPeriodChoice({ period: 'custom', from: '2026-03-09', to: '2026-03-01' })).toEqual({
    preset: 'last30',
  });
  expect(readPeriodChoice({ period: 3 })).toEqual({ preset: 'last30' });
  expect(readPeriodChoice({ period: 'last7' })).toEqual({ preset: 'last7' });
});
