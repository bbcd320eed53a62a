import type { Condition } from '@tenth/model/condition.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { CompiledCondition } from '../evaluate/compile-condition.ts';
import { newcomer } from '../evaluate/moment.ts';
import { compileConditionAlone } from './plan.ts';

/**
 * What a condition says, now and whenever, of everybody of whom nothing is counted that it reads. So of them it
 * need not be asked one by one.
 *
 * @param definition What the condition is part of, or will be.
 * @returns Undefined where that depends on something else that is known of them, or on the time.
 * @throws {DefinitionError} It names what the plan has not.
 */
export function answerWithoutEvents(
  condition: Condition,
  definition: PlanDefinition,
): boolean | undefined {
  const answersOf = (parts: readonly Condition[]) =>
    parts.map((part) => answerWithoutEvents(part, definition));
  switch (condition.kind) {
    case 'all': {
      const answers = answersOf(condition.of);
      return answers.includes(false) ? false : answers.includes(undefined) ? undefined : true;
    }
    case 'any': {
      const answers = answersOf(condition.of);
      return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false;
    }
    case 'not':
      return negated(answerWithoutEvents(condition.of, definition));
    case 'segment': {
      const named = definition.segments.find(({ id }) => id === condition.segmentId);
      const answer =
        named === undefined ? undefined : answerWithoutEvents(named.condition, definition);
      return condition.is ? answer : negated(answer);
    }
    // These may read other things beside.
    case 'variable':
    case 'inferred':
      return undefined;
    default: {
      const leaf = compileConditionAlone(condition, definition, 'condition').condition;
      return readsCountsAlone(leaf) && leaf.nextChange(newcomer) === undefined
        ? leaf.holds(newcomer)
        : undefined;
    }
  }
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

/** What is counted over a visit begins anew with the next one, from nothing. */
function readsCountsAlone({ inputs }: CompiledCondition): boolean {
  return (
    inputs.aggregates.size > 0 &&
    [...inputs.plain].every((input) => input === 'visit') &&
    inputs.traits.size === 0 &&
    inputs.affinities.size === 0
  );
}
