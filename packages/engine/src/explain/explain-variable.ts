import { unreachable } from '@tenth/model/brand.ts';
import type { Condition, LeafCondition } from '@tenth/model/condition.ts';
import type { NumberTest } from '@tenth/model/value-test.ts';
import type { Variable } from '@tenth/model/variable.ts';
import { allOf, anyOf, type ConditionNode, not } from './condition-tree.ts';
import type { ExplainScope } from './explain-scope.ts';
import { figureLeaf } from './figure-leaf.ts';

type VariableCondition = Extract<LeafCondition, { kind: 'variable' }>;

type Explain = (condition: Condition, path: string, scope: ExplainScope) => ConditionNode;

/** That a variable is at one of some levels, as the conditions that put a person there. */
export function explainVariable(
  { variableId, levels }: VariableCondition,
  path: string,
  scope: ExplainScope,
  explain: Explain,
): ConditionNode {
  const { definition } = scope.conditions.variable(variableId, path);
  const inner = `variables.${variableId}`;
  const of = anyOf(
    inner,
    definition.levelling.levels.flatMap(({ id }, index) =>
      levels.includes(id) ? [explainLevel(definition, index, inner, scope, explain)] : [],
    ),
  );
  return { kind: 'named', what: 'variable', id: variableId, is: true, path, holds: of.holds, of };
}

function explainLevel(
  { levelling }: Variable,
  index: number,
  inner: string,
  scope: ExplainScope,
  explain: Explain,
): ConditionNode {
  const path = `${inner}.levelling.levels[${index}]`;
  switch (levelling.kind) {
    case 'thresholds':
    case 'quantiles': {
      const last = levelling.levels.length - 1;
      const isKnown = levelling.levels.every(({ below }, at) => at === last || below !== undefined);
      // Quantiles put nobody anywhere before they are worked out for the first time.
      const tests = isKnown
        ? testsOf(
            levelling.levels[index - 1]?.below,
            levelling.levels[index]?.below,
            index === last,
          )
        : undefined;
      return tests === undefined
        ? anyOf(path, [])
        : allOf(
            path,
            tests.map((test) =>
              figureLeaf({ measure: levelling.of, test, kind: levelling.of.kind, path, scope }),
            ),
          );
    }
    case 'rules': {
      // A level without a condition takes everybody whom those before it left.
      const rule = (condition: Condition | undefined, place: string) =>
        condition === undefined ? allOf(place, []) : explain(condition, place, scope);
      const before = levelling.levels.slice(0, index).map((level, at) => {
        const place = `${inner}.levelling.levels[${at}].condition`;
        return not(place, rule(level.condition, place));
      });
      const own = rule(levelling.levels[index]?.condition, `${path}.condition`);
      return allOf(path, [...before, own]);
    }
    default:
      return unreachable(levelling);
  }
}

/** From the cut below, included, to the one above, excluded. The lowest and the highest reach without end. */
function testsOf(
  from: number | undefined,
  below: number | undefined,
  isLast: boolean,
): readonly NumberTest[] {
  const tests: NumberTest[] = [];
  if (from !== undefined) {
    tests.push({ op: 'gte', value: from });
  }
  if (below !== undefined && !isLast) {
    tests.push({ op: 'lt', value: below });
  }
  return tests;
}
