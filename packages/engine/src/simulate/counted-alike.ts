import type { Condition } from '@tenth/model/condition.ts';
import type { SegmentId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { compilePlan, DefinitionError, type ListsOfMembers, type Plan } from '../plan/plan.ts';

/** A definition as it was published, and the same with something tried out. */
export interface TwoDefinitions {
  readonly was: PlanDefinition;
  readonly would: PlanDefinition;
}

export interface TwoPlans {
  readonly was: Plan;
  readonly would: Plan;
}

/**
 * Compiles both definitions of every version so that they count the same of a person: each also counts
 * what only the other one asks about. Then one profile can stand for both, which halves the work.
 *
 * @returns Undefined where that would change what history was: where a figure that is tried out was
 *   published in another version, and so was counted from then on only; or where it cannot be compiled.
 */
export function countAlike(
  all: readonly TwoDefinitions[],
  members: ListsOfMembers,
): readonly TwoPlans[] | undefined {
  try {
    const published = new Set(all.flatMap(({ was }) => idsOf(compilePlan(was, members))));
    const plans = all.map(({ was, would }) => ({
      was: compilePlan(counting(was, would), members),
      would: compilePlan(counting(would, was), members),
    }));
    const isTrue = all.every(({ was }, index) => {
      const own = new Set(idsOf(compilePlan(was, members)));
      const both = plans[index];
      return (
        both !== undefined &&
        isSame(both) &&
        idsOf(both.was).every((id) => own.has(id) || !published.has(id))
      );
    });
    return isTrue ? plans : undefined;
  } catch (error) {
    if (error instanceof DefinitionError) {
      return undefined;
    }
    throw error;
  }
}

export function isSame({ was, would }: TwoPlans): boolean {
  return (
    was.aggregates.size === would.aggregates.size &&
    idsOf(was).every((id) => would.aggregates.has(id))
  );
}

function idsOf({ aggregates }: Plan): readonly string[] {
  return [...aggregates.keys()];
}

/** A definition that counts, but never evaluates, what the other one asks about and it does not. */
function counting(definition: PlanDefinition, other: PlanDefinition): PlanDefinition {
  const known = new Set(conditionsOf(definition).map((condition) => JSON.stringify(condition)));
  const foreign = conditionsOf(other).filter((condition) => !known.has(JSON.stringify(condition)));
  return {
    ...definition,
    preparing: [
      ...definition.preparing,
      ...foreign.map((condition, index) => ({
        // Never looked up: it stands for nothing but what it counts.
        segment: { id: `counted-${index}` as SegmentId, name: { en: '' }, condition },
        isNew: false,
      })),
    ],
  };
}

function conditionsOf({ segments, campaigns }: PlanDefinition): readonly Condition[] {
  return [
    ...segments.map(({ condition }) => condition),
    ...campaigns.flatMap(({ audience, keepWhile }) =>
      [audience, ...(keepWhile === undefined ? [] : [keepWhile])].map(withoutEvent),
    ),
  ];
}

/** Outside of campaigns there is no event in hand; looking at one counts nothing. */
function withoutEvent(condition: Condition): Condition {
  switch (condition.kind) {
    case 'event':
      return { kind: 'all', of: [] };
    case 'all':
    case 'any':
      return { ...condition, of: condition.of.map(withoutEvent) };
    case 'not':
      return { ...condition, of: withoutEvent(condition.of) };
    default:
      return condition;
  }
}
