import { expect, test } from 'vitest';
import { parseSettings } from './kept-settings.ts';

test('settings need a version and a list of watches', () => {
  expect(parseSettings({ version: 3, watches: [] })).toEqual({ version: 3, watches: [] });
});

test.each([undefined, null, 'x', 7, {}, { version: '3', watches: [] }, { version: 3 }])(
  'garbage is no settings: %j',
  (raw) => {
    expect(parseSettings(raw)).toBeUndefined();
  },
);
