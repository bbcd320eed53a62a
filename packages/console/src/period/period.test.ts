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

test('a period that is not over is compared with as much of the one before', () => {
  expect(periodBefore({ preset: 'today' }, evening, 'Asia/Seoul')).toEqual({
    from: '2026-03-04T15:00:00.000Z',
    to: '2026-03-04T16:30:00.000Z',
  });
  expect(periodBefore({ preset: 'last7' }, evening, 'UTC')).toEqual({
    from: '2026-02-20T00:00:00.000Z',
    to: '2026-02-26T16:30:00.000Z',
  });
  const running = { preset: 'custom', from: '2026-03-04', to: '2026-03-31' } as const;
  expect(periodBefore(running, evening, 'UTC')).toEqual({
    from: '2026-02-04T00:00:00.000Z',
    to: '2026-02-05T16:30:00.000Z',
  });
});

test('of a period of which nothing has passed, there is nothing to compare', () => {
  const coming = { preset: 'custom', from: '2026-03-09', to: '2026-03-10' } as const;
  expect(periodBefore(coming, evening, 'UTC')).toBeUndefined();
  expect(periodBefore({ preset: 'today' }, Date.parse('2026-03-05'), 'UTC')).toBeUndefined();
});

test('a clock change takes nothing from the period before, and adds nothing', () => {
  // 25 October 2026 has 25 hours in Berlin, 29 March 23.
  const finished = { preset: 'custom', from: '2026-10-26', to: '2026-10-27' } as const;
  expect(periodBefore(finished, Date.parse('2026-11-05T12:00:00Z'), 'Europe/Berlin')).toEqual({
    from: '2026-10-23T22:00:00.000Z',
    to: '2026-10-25T23:00:00.000Z',
  });
  const noon = Date.parse('2026-03-30T10:00:00Z');
  expect(periodBefore({ preset: 'last7' }, noon, 'Europe/Berlin')).toEqual({
    from: '2026-03-16T23:00:00.000Z',
    to: '2026-03-23T11:00:00.000Z',
  });
  // The last hour of a day of 25 has no like in the day before, which ends at its midnight.
  const lastHour = Date.parse('2026-10-25T22:30:00Z');
  expect(periodBefore({ preset: 'today' }, lastHour, 'Europe/Berlin')).toEqual({
    from: '2026-10-23T22:00:00.000Z',
    to: '2026-10-24T22:00:00.000Z',
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
