import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newProfile } from '../profile.ts';
import { aProfileId, T0 } from '../testing/builders.ts';
import { Answers } from './answers.ts';
import { noInputs } from './inputs.ts';
import type { Leaf } from './leaf.ts';
import { personMoment } from './moment.ts';
import {
  asking,
  negated,
  type Questions,
  questionOf,
  questionsOfAll,
  questionsOfAny,
} from './questions.ts';

const aMoment = () => personMoment(newProfile(aProfileId(), T0), T0);

/** A leaf that is true or false, and counts how often it was read. */
function aLeaf(key: string, holds: boolean, value = key) {
  const reads: string[] = [];
  const read: Leaf['read'] = () => {
    reads.push(key);
    return holds;
  };
  const leaf: Leaf = {
    key,
    valueKey: value,
    text: key,
    read,
    passes: (found) => found === true,
    nextChange: undefined,
    inputs: noInputs,
    leaves: 1,
    levels: 1,
  };
  return { leaf, reads };
}

test('a leaf is read once a moment, whichever conditions ask, and anew at the next', () => {
  const answers = new Answers();
  const shared = aLeaf('shared', true);
  const other = aLeaf('other', false);
  const both = asking(
    questionsOfAll([questionOf(shared.leaf, 1), questionOf(other.leaf, 1)]),
    answers,
  );
  const either = asking(
    questionsOfAny([questionOf(other.leaf, 1), questionOf(shared.leaf, 1)]),
    answers,
  );
  const moment = aMoment();
  expect([both(moment), either(moment), both(moment)]).toEqual([false, true, false]);
  expect([shared.reads.length, other.reads.length]).toEqual([1, 1]);
  expect(either(aMoment())).toBe(true);
  expect(other.reads.length).toBe(2);
});

test('two tests of one value read it once', () => {
  const answers = new Answers();
  const one = aLeaf('at least 1', true, 'count');
  const two = aLeaf('at least 2', true, 'count');
  const all = asking(questionsOfAll([questionOf(one.leaf, 1), questionOf(two.leaf, 1)]), answers);
  expect(all(aMoment())).toBe(true);
  expect(one.reads.length + two.reads.length).toBe(1);
  expect(all(aMoment())).toBe(true);
  expect(one.reads.length + two.reads.length).toBe(2);
});

test('the cheap part of a group is asked first, and what it decides is not asked about', () => {
  const answers = new Answers();
  const costly = aLeaf('costly', true);
  const cheap = aLeaf('cheap', false);
  const parts = [questionOf(costly.leaf, 20), questionOf(cheap.leaf, 1)];
  expect(asking(questionsOfAll(parts), answers)(aMoment())).toBe(false);
  expect(asking(negated(questionsOfAll(parts)), answers)(aMoment())).toBe(true);
  expect(costly.reads).toEqual([]);
});

test('reading a value may ask conditions, at this moment and at others', () => {
  const answers = new Answers();
  const inner = aLeaf('inner', true);
  const innerHolds = asking(questionOf(inner.leaf, 1), answers);
  const outer: Leaf = {
    ...aLeaf('outer', true).leaf,
    read: (moment) => innerHolds(moment) && innerHolds(aMoment()),
  };
  const last = aLeaf('last', true);
  const all = asking(questionsOfAll([questionOf(outer, 1), questionOf(last.leaf, 1)]), answers);
  const moment = aMoment();
  expect(all(moment)).toBe(true);
  expect(all(moment)).toBe(true);
});

type Tree =
  | { readonly kind: 'leaf'; readonly name: number }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Tree[] }
  | { readonly kind: 'not'; readonly of: Tree };

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.record({ kind: fc.constant('leaf' as const), name: fc.nat(6) }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('tree'), { maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
  ),
}));

test('whatever stands within whatever, it holds as its groups say', () => {
  fc.assert(
    fc.property(
      fc.array(tree, { minLength: 1, maxLength: 6 }),
      fc.array(fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), {
        minLength: 1,
        maxLength: 4,
      }),
      (trees, people) => {
        const answers = new Answers();
        let person: readonly boolean[] = [];
        const leaves = Array.from({ length: 7 }, (_, name) => ({
          ...aLeaf(String(name), true).leaf,
          read: () => person[name] === true,
        }));
        const conditions = trees.map((one) => asking(questionsOf(one, leaves), answers));
        for (const values of people) {
          person = values;
          const moment = aMoment();
          expect(conditions.map((holds) => holds(moment))).toEqual(
            trees.map((one) => plainly(one, values)),
          );
        }
      },
    ),
  );
});

function questionsOf(one: Tree, leaves: readonly Leaf[]): Questions {
  switch (one.kind) {
    case 'leaf': {
      const leaf = leaves[one.name];
      if (leaf === undefined) {
        throw new Error('there are seven leaves');
      }
      return questionOf(leaf, 7 - one.name);
    }
    case 'not':
      return negated(questionsOf(one.of, leaves));
    default: {
      const parts = one.of.map((part) => questionsOf(part, leaves));
      return one.kind === 'all' ? questionsOfAll(parts) : questionsOfAny(parts);
    }
  }
}

function plainly(one: Tree, values: readonly boolean[]): boolean {
  switch (one.kind) {
    case 'leaf':
      return values[one.name] === true;
    case 'not':
      return !plainly(one.of, values);
    default:
      return one.kind === 'all'
        ? one.of.every((part) => plainly(part, values))
        : one.of.some((part) => plainly(part, values));
  }
}
