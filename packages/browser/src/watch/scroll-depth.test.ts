import { expect, test } from 'vitest';
import { depthPercent } from './scroll-depth.ts';

test('depth is the share of the page that has come into view', () => {
  expect(depthPercent({ scrolledPx: 250, viewportPx: 250, heightPx: 1_000 })).toBe(50);
});

test('a page that fits the screen has no depth', () => {
  expect(depthPercent({ scrolledPx: 0, viewportPx: 900, heightPx: 700 })).toBe(0);
});

test('the bounce at the end of a phone page is not over 100', () => {
  expect(depthPercent({ scrolledPx: 800, viewportPx: 300, heightPx: 1_000 })).toBe(100);
});
