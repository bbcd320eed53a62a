import { condition, type LeafCondition } from '@tenth/model/condition.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryCondition, arbitraryLeaf } from './condition-arbitrary.ts';
import type { ArbitraryConditionOptions } from './condition-vocabulary.ts';

const references: ArbitraryConditionOptions = {
  segments: ['vip', 'new'],
  lists: ['invited'],
  variables: [{ id: 'power', levels: ['low', 'high'] }],
  attributes: [{ id: 'gender', values: ['female', 'male'] }],
};

for (const isWild of [false, true]) {
  test(`every condition is one of the schema${isWild ? ', the wild ones too' : ''}`, () => {
    fc.assert(
      fc.property(arbitraryCondition({ ...references, isWild }), (given) => {
        expect(condition.parse(given)).toStrictEqual(given);
      }),
      { numRuns: isWild ? 300 : 1_000 },
    );
  });
}

const kindsOf = (options: ArbitraryConditionOptions): Set<LeafCondition['kind']> =>
  new Set(fc.sample(arbitraryLeaf(options), 2_000).map(({ kind }) => kind));

test('every kind of leaf comes about', () => {
  expect(kindsOf(references).size).toBe(28);
});

test('what is left out, or would refer to nothing, does not', () => {
  const kinds = kindsOf({ without: ['event', 'trait'] });
  expect(kinds.size).toBe(22);
  for (const kind of ['event', 'trait', 'segment', 'list', 'variable', 'inferred'] as const) {
    expect(kinds).not.toContain(kind);
  }
});
