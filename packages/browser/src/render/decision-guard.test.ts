import { decision } from '@tenth/model/decision.ts';
import { expect, test } from 'vitest';
import { aDecision, aWithdrawal } from '../testing/a-decision.ts';
import { isDecision } from './decision-guard.ts';

const good = [
  aDecision(),
  aDecision({ action: 'update', format: { kind: 'top_bar' } }),
  aDecision({ format: { kind: 'inline', placement: 'hero', position: 'append' } }),
  aDecision({
    content: {
      image: { url: '/a.jpg', alt: '' },
      actions: [{ label: 'Go', url: '/x', style: 'primary' }],
      coupon: { code: 'A' },
      countdown: { endsAt: 5 },
      progress: { value: 1, max: 2 },
      html: '<p>',
      htmlHeightPx: 100,
    },
  }),
  aWithdrawal(),
];

test.each(good)('what the schema accepts can be drawn: %#', (each) => {
  expect(decision.safeParse(each).success).toBe(true);
  expect(isDecision(each)).toBe(true);
});

const shown = aDecision();
test.each([
  null,
  7,
  'show',
  [],
  {},
  { ...shown, action: 'explode' },
  { ...shown, decisionId: 5 },
  { ...shown, expiresAt: 'tomorrow' },
  { ...shown, format: { kind: 'hologram' } },
  { ...shown, format: { kind: 'inline' } },
  { ...shown, content: null },
  { ...shown, content: { locale: 'ko', title: { ko: 'x' } } },
  { ...shown, content: { locale: 'ko', actions: [null] } },
  { ...shown, content: { locale: 'ko', actions: {} } },
  { ...shown, content: { locale: 'ko', progress: { value: 1, max: 0 } } },
  { ...shown, content: { locale: 'ko', countdown: { endsAt: null } } },
])('garbage is refused: %j', (raw) => {
  expect(isDecision(raw)).toBe(false);
});
