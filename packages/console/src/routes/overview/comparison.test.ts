import { expect, test } from 'vitest';
import { aShopReport } from '../../testing/builders.ts';
import { compareReports } from './comparison.ts';

const now = { from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z' };
const before = { from: '2026-02-22T00:00:00.000Z', to: now.from };
const unfinished = { now, before: { ...before, to: '2026-02-24T10:00:00.000Z' } };

const report = aShopReport(before);
const came = { data: report, error: null, isPlaceholderData: false };
const standsIn = { ...came, isPlaceholderData: true };
const pending = { data: undefined, error: null, isPlaceholderData: false };
const failed = { ...pending, error: new Error('away') };

test('what came is compared, and whether it is the whole period before', () => {
  const asked = { now: came, before: came };
  expect(compareReports({ now, before }, asked)).toEqual({ kind: 'with', report, isPart: false });
  expect(compareReports(unfinished, asked)).toEqual({ kind: 'with', report, isPart: true });
});

test('nothing is compared while figures of another period stand in on either side', () => {
  const coming = { kind: 'coming' };
  expect(compareReports({ now, before }, { now: standsIn, before: came })).toEqual(coming);
  expect(compareReports({ now, before }, { now: came, before: standsIn })).toEqual(coming);
  expect(compareReports({ now, before }, { now: came, before: pending })).toEqual(coming);
});

test('a failure is no period without figures', () => {
  const { error } = failed;
  expect(compareReports({ now, before }, { now: came, before: failed })).toEqual({
    kind: 'failed',
    error,
  });
  // Figures that could not be loaded again are those of the right period still.
  expect(compareReports({ now, before }, { now: came, before: { ...came, error } }).kind).toBe(
    'with',
  );
  const early = { now, before: undefined };
  expect(compareReports(early, { now: came, before: standsIn })).toEqual({ kind: 'none' });
});
