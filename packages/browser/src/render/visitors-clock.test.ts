import type { Decision } from '@tenth/model/decision.ts';
import { expect, test } from 'vitest';
import { byVisitorsClock } from './visitors-clock.ts';

// Only what this looks at, as the guard lets it through.
const shown = {
  action: 'show',
  decisionId: 'd',
  expiresAt: 1_000,
  content: { locale: 'ko', title: 'Hello', countdown: { endsAt: 5_000, label: 'left' } },
} as unknown as Decision;

test('a clock that is ahead moves every moment of a message ahead', () => {
  expect(byVisitorsClock(shown, 3_600_000)).toEqual({
    ...shown,
    expiresAt: 3_601_000,
    content: { locale: 'ko', title: 'Hello', countdown: { endsAt: 3_605_000, label: 'left' } },
  });
  expect(byVisitorsClock(shown, -500)).toMatchObject({ expiresAt: 500 });
});

test('what has no moments stays as it is', () => {
  const gone = { action: 'withdraw', decisionId: 'd' } as unknown as Decision;
  expect(byVisitorsClock(gone, 9)).toBe(gone);
});
