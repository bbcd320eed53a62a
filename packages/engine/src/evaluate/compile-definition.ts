import type { Condition } from '@tenth/model/condition.ts';
import { type CompiledCondition, compileCondition } from './compile-condition.ts';
import type { ConditionScope } from './condition-scope.ts';
import { MOST_LEAVES, MOST_LEVELS, type Size, sizeOf } from './condition-size.ts';

/**
 * Compiles the conditions of one definition.
 *
 * @throws {DefinitionError} One of them cannot be compiled, or all are too large together.
 */
export function compileConditions(
  conditions: readonly { readonly condition: Condition; readonly path: string }[],
  path: string,
  scope: ConditionScope,
): readonly CompiledCondition[] {
  const compiled = conditions.map((one) => compileCondition(one.condition, one.path, scope));
  refuseTooLarge(sizeOf(compiled), path, scope);
  return compiled;
}

/** Compiles a definition's one condition. @throws {DefinitionError} As {@link compileConditions}. */
export function compileWhole(
  condition: Condition,
  path: string,
  scope: ConditionScope,
): CompiledCondition {
  const compiled = compileCondition(condition, path, scope);
  refuseTooLarge(compiled, path, scope);
  return compiled;
}

function refuseTooLarge({ leaves, levels }: Size, path: string, scope: ConditionScope): void {
  if (levels > MOST_LEVELS) {
    throw scope.refusal(
      path,
      `conditions may stand ${MOST_LEVELS} deep, with those of the segments, variables and attributes that they name; these stand ${levels} deep`,
    );
  }
  if (leaves > MOST_LEAVES) {
    throw scope.refusal(
      path,
      `there may be ${MOST_LEAVES} conditions, with those of the segments, variables and attributes that they name; there are ${leaves}`,
    );
  }
}
