import { consentModes } from '@tenth/model/consent.ts';
import { expect, test } from 'vitest';
import { permissionFor } from './consent-gate.ts';

test('opt_in holds everything until the visitor answers', () => {
  expect(permissionFor('opt_in', 'unknown', false).sending).toBe('hold');
});

test('opt_out sends until a no, and takes the privacy signal for one', () => {
  expect(permissionFor('opt_out', 'unknown', false)).toEqual({
    sending: 'send',
    isIdentifying: true,
  });
  expect(permissionFor('opt_out', 'unknown', true).sending).toBe('refuse');
});

test('none always sends, but under the privacy signal names nobody', () => {
  expect(permissionFor('none', 'unknown', true)).toEqual({
    sending: 'send',
    isIdentifying: false,
  });
});

test.each(consentModes)(
  'in mode %s a no stops everything and a yes given here allows it',
  (mode) => {
    expect(permissionFor(mode, 'denied', false).sending).toBe('refuse');
    expect(permissionFor(mode, 'granted', true)).toEqual({ sending: 'send', isIdentifying: true });
  },
);
