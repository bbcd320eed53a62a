import type { Json } from '@tenth/model/json.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import type { NumberTest } from '@tenth/model/value-test.ts';
import { compileMeasure } from '../evaluate/measure.ts';
import { compileTest, describeTest } from '../evaluate/value-test.ts';
import type { LeafNode } from './condition-tree.ts';
import type { ExplainScope } from './explain-scope.ts';
import { proposalsOf } from './proposals.ts';
import { scaleOf } from './scale.ts';

/** A figure under a test of numbers. */
export function figureLeaf({
  measure,
  test,
  kind,
  path,
  scope,
}: {
  readonly measure: NumberMeasure;
  readonly test: NumberTest;
  readonly kind: string;
  readonly path: string;
  readonly scope: ExplainScope;
}): LeafNode {
  const { moment, conditions } = scope;
  const figure = compileMeasure(measure, path, conditions);
  const saw = figure.read(moment);
  const tested = compileTest(test, conditions.clock);
  const passes = (to: Json | undefined) => tested(to, moment.now);
  return {
    kind: 'leaf',
    leaf: kind,
    path,
    holds: passes(saw),
    text: `${figure.text} ${describeTest(test)}`,
    fact: { key: measureKey(measure), name: figure.text, saw, isFixed: false },
    passes,
    proposals: proposalsOf(test, { scale: scaleOf(measure), saw, now: moment.now }),
  };
}

/** Facts that two conditions look at are one when they have the same key. */
export function measureKey(measure: NumberMeasure): string {
  return `measure:${JSON.stringify(measure)}`;
}
