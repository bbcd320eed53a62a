import { type Variable, variable } from '@tenth/model/variable.ts';
import { expect, test } from 'vitest';
import { keepCuts } from './keep-cuts.ts';

const of = { kind: 'orders', measure: 'total', currency: 'KRW' } as const;

function aVariable(levelling: object): Variable {
  return variable.parse({
    id: 'spending',
    name: { en: 'Spending' },
    levelling: { kind: 'quantiles', of, ...levelling },
  });
}

const low = { id: 'low', name: { en: 'Low' }, share: 0.5 };
const high = { id: 'high', name: { en: 'High' }, share: 0.5 };
const computed = aVariable({
  levels: [
    { ...low, below: 100, reached: 0.4 },
    { ...high, reached: 0.6 },
  ],
  computedAt: 7,
});

test('cuts that a caller sends do not count', () => {
  const sent = aVariable({ levels: [{ ...low, below: 3, reached: 1 }, high], computedAt: 1 });
  expect(keepCuts(sent, undefined)).toEqual(aVariable({ levels: [low, high] }));
  expect(keepCuts(sent, computed)).toEqual(computed);
});

test('a new name leaves the cuts as they are', () => {
  const renamed = { ...low, id: 'little', name: { en: 'Little' } };
  const kept = keepCuts(aVariable({ levels: [renamed, high], everyHours: 48 }), computed);
  expect(kept.levelling).toMatchObject({
    everyHours: 48,
    levels: [{ id: 'little', below: 100, reached: 0.4 }, { id: 'high' }],
    computedAt: 7,
  });
});

test.each([
  {
    name: 'other shares',
    levelling: {
      levels: [
        { ...low, share: 0.4 },
        { ...high, share: 0.6 },
      ],
    },
  },
  { name: 'another figure', levelling: { of: { kind: 'sessions' }, levels: [low, high] } },
])('$name mean that the cuts are worked out anew', ({ levelling }) => {
  const kept = keepCuts(aVariable(levelling), computed);
  expect(JSON.stringify(kept)).not.toContain('below');
  expect(kept.levelling).not.toHaveProperty('computedAt');
});
