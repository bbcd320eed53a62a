import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allOf, anyOf, type ConditionNode, type LeafNode, not } from './condition-tree.ts';
import { figuresAround, wholeNumbers } from './scale.ts';
import { smallestChange } from './smallest-change.ts';

interface Asked {
  readonly fact: number;
  readonly op: 'gte' | 'lt' | 'is';
  readonly value: number;
}

type Tree =
  | { readonly kind: 'all' | 'any'; readonly of: readonly Tree[] }
  | { readonly kind: 'not'; readonly of: Tree }
  | { readonly kind: 'leaf'; readonly asked: Asked };

const FACTS = 4;
const MOST = 5;

const leaf = fc.record({
  kind: fc.constant('leaf' as const),
  asked: fc.record<Asked>({
    fact: fc.integer({ min: 0, max: FACTS - 1 }),
    op: fc.constantFrom('gte', 'lt', 'is'),
    value: fc.integer({ min: 0, max: MOST }),
  }),
});
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { arbitrary: leaf, weight: 3 },
    {
      arbitrary: fc.record({
        kind: fc.constantFrom('all' as const, 'any' as const),
        of: fc.array(tie('tree'), { maxLength: 4 }),
      }),
      weight: 3,
    },
    { arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('tree') }), weight: 1 },
  ),
}));

function passes({ op, value }: Asked, figure: number): boolean {
  return op === 'gte' ? figure >= value : op === 'lt' ? figure < value : figure === value;
}

function holds(node: Tree, figures: readonly number[]): boolean {
  switch (node.kind) {
    case 'all':
      return node.of.every((part) => holds(part, figures));
    case 'any':
      return node.of.some((part) => holds(part, figures));
    case 'not':
      return !holds(node.of, figures);
    case 'leaf':
      return passes(node.asked, figures[node.asked.fact] ?? 0);
  }
}

function toNode(node: Tree, figures: readonly number[]): ConditionNode {
  switch (node.kind) {
    case 'all':
      return allOf(
        '',
        node.of.map((part) => toNode(part, figures)),
      );
    case 'any':
      return anyOf(
        '',
        node.of.map((part) => toNode(part, figures)),
      );
    case 'not':
      return not('', toNode(node.of, figures));
    case 'leaf': {
      const { asked } = node;
      const saw = figures[asked.fact] ?? 0;
      return {
        kind: 'leaf',
        leaf: 'figure',
        path: '',
        holds: passes(asked, saw),
        text: '',
        fact: { key: String(asked.fact), name: String(asked.fact), saw, isFixed: false },
        passes: (value) => typeof value === 'number' && passes(asked, value),
        proposals: figuresAround(asked.value, wholeNumbers).map((value) => ({ value })),
      } satisfies LeafNode;
    }
  }
}

/** Fewest facts that have to be different, by trying all that there is. */
function fewest(node: Tree, figures: readonly number[]): number | undefined {
  let best: number | undefined;
  const tryFrom = (fact: number, tried: readonly number[]): void => {
    if (fact === FACTS) {
      if (holds(node, tried)) {
        const changed = tried.filter((figure, index) => figure !== figures[index]).length;
        best = Math.min(best ?? FACTS, changed);
      }
      return;
    }
    for (let figure = 0; figure <= MOST + 2; figure += 1) {
      tryFrom(fact + 1, [...tried, figure]);
    }
  };
  tryFrom(0, []);
  return best;
}

const figuresOfPerson = fc.array(fc.integer({ min: 0, max: MOST }), {
  minLength: FACTS,
  maxLength: FACTS,
});

test('makes the condition hold, and there is no smaller one', () => {
  fc.assert(
    fc.property(tree, figuresOfPerson, (asked, figures) => {
      const found = smallestChange(toNode(asked, figures));
      expect(found?.length).toBe(fewest(asked, figures));
      if (found !== undefined) {
        const changed = figures.map((figure, index) => {
          const to = found.find(({ fact }) => fact.key === String(index))?.to.value;
          return typeof to === 'number' ? to : figure;
        });
        expect(holds(asked, changed)).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('takes the nearest value', () => {
  const node = toNode(
    {
      kind: 'any',
      of: [5, 2].map((value) => ({ kind: 'leaf', asked: { fact: 0, op: 'gte', value } })),
    },
    [1, 0, 0, 0],
  );
  expect(smallestChange(node)?.map(({ to }) => to.value)).toEqual([2]);
});
