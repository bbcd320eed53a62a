import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

test('splits into days, hours, minutes and seconds', () => {
  expect(timeLeft(((26 * 60 + 3) * 60 + 4) * 1_000, 0)).toEqual({
    days: 1,
    clock: ['02', '03', '04'],
  });
});

test('shows the last second until it is over', () => {
  expect(timeLeft(1_000, 1)).toEqual({ days: 0, clock: ['00', '00', '01'] });
  expect(timeLeft(1_000, 1_000)).toBeUndefined();
});
