import { expect, test } from 'vitest';
import { quantilesOf } from './figures-of.ts';

const figures = [
  { figure: 0, people: 50 },
  { figure: 1, people: 30 },
  { figure: 7.5, people: 20 },
];

test('a quantile is the figure that so many people stay below or reach', () => {
  expect(quantilesOf(figures, [0, 0.2, 0.5, 0.51, 0.8, 0.81, 1])).toEqual([
    0, 0, 0, 1, 1, 7.5, 7.5,
  ]);
});

test('of nobody there is none', () => {
  expect(quantilesOf([], [0, 0.5, 1])).toEqual([]);
});
