import { expect, test } from 'vitest';
import { intervalScale } from './interval-scale.ts';

test('zero is in sight even when the interval is far from it', () => {
  const place = intervalScale({ point: 0.05, low: 0.04, high: 0.06 });
  expect(place(0)).toBeGreaterThan(0);
  expect(place(0.06)).toBeLessThan(1);
  expect(place(0)).toBeLessThan(place(0.04));
});

test('an interval of no width does not divide by zero', () => {
  expect(intervalScale({ point: 0, low: 0, high: 0 })(0)).toBeCloseTo(0.121, 2);
});
