import { expect, test } from 'vitest';
import { monthsBefore } from './months-before.ts';

test.each([
  ['2026-03-31T10:20:30Z', 1, '2026-02-28'],
  ['2024-03-31T00:00:00Z', 1, '2024-02-29'],
  ['2026-01-15T23:59:59Z', 13, '2024-12-15'],
  ['2026-11-23T12:00:00Z', 12, '2025-11-23'],
])('%s less %i months is %s', (at, months, day) => {
  expect(new Date(monthsBefore(Date.parse(at), months)).toISOString()).toBe(`${day}T00:00:00.000Z`);
});
