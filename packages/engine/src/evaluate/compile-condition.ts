import type { Condition } from '@tenth/model/condition.ts';
import type { Json } from '@tenth/model/json.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { ConditionScope } from './condition-scope.ts';
import { MOST_LEVELS, type Size, sizeOf } from './condition-size.ts';
import { allInputs, type Inputs } from './inputs.ts';
import { compileLeaf, type Leaf } from './leaf.ts';
import { costOfLeaf } from './leaf-cost.ts';
import type { Moment } from './moment.ts';
import { earlier } from './next-change.ts';
import {
  asking,
  negated,
  type Questions,
  questionOf,
  questionsOfAll,
  questionsOfAny,
} from './questions.ts';

/** The first condition that stood in the way, and what it saw. */
export interface Failure {
  /** Place in the definition: `audience.all[1].not`. */
  readonly path: string;
  readonly condition: string;
  readonly saw: Json;
}

export interface CompiledCondition extends Size {
  readonly holds: (moment: Moment) => boolean;
  /** Why it does not hold; undefined when it does. Slower than `holds`, meant for traces. */
  readonly explain: (moment: Moment) => Failure | undefined;
  /**
   * The earliest moment after now at which time alone can change whether it holds; undefined where it
   * cannot. It may be too early, and is never too late.
   */
  readonly nextChange: (moment: Moment) => EpochMs | undefined;
  /** Whether there is a person for whom time alone can change it. */
  readonly isTimed: boolean;
  /** What of a profile it reads. */
  readonly inputs: Inputs;
  /** The leaves that it is made of, those of the segments that it names included. */
  readonly parts: readonly Leaf[];
  /** `holds`, for the group that it is a part of. */
  readonly questions: Questions;
}

/**
 * Compiles a condition into closures. An empty `all` holds for everybody, an empty `any` for nobody.
 *
 * @throws {DefinitionError} It stands too deep, or names what the plan has not.
 */
export function compileCondition(
  condition: Condition,
  path: string,
  scope: ConditionScope,
  level = 1,
): CompiledCondition {
  if (level > MOST_LEVELS) {
    throw scope.refusal(path, `conditions may stand ${MOST_LEVELS} deep; this one stands deeper`);
  }
  const compileParts = (of: readonly Condition[], kind: string) =>
    of.map((part, at) => compileCondition(part, `${path}.${kind}[${at}]`, scope, level + 1));
  switch (condition.kind) {
    case 'all':
      return all(compileParts(condition.of, 'all'), scope);
    case 'any':
      return any(compileParts(condition.of, 'any'), path, scope);
    case 'not': {
      const inner = compileCondition(condition.of, `${path}.not`, scope, level + 1);
      const text = `not ${describeNegated(condition.of)}`;
      const questions = negated(inner.questions);
      const holds = asking(questions, scope.answers);
      return compiled({
        ...common([inner], 1),
        questions,
        holds,
        explain: (moment) =>
          holds(moment) ? undefined : { path: `${path}.not`, condition: text, saw: true },
        nextChange: inner.nextChange,
      });
    }
    case 'segment': {
      const inner = scope.segment(condition.segmentId, path);
      const text = `${condition.is ? 'in' : 'not in'} segment ${condition.segmentId}`;
      const questions = condition.is ? inner.questions : negated(inner.questions);
      const holds = asking(questions, scope.answers);
      return compiled({
        ...common([inner], 0),
        questions,
        holds,
        explain: (moment) =>
          holds(moment) ? undefined : { path, condition: text, saw: !condition.is },
        nextChange: inner.nextChange,
      });
    }
    default: {
      const leaf = compileLeaf(condition, path, scope);
      const { read, text, nextChange, leaves, levels, inputs } = leaf;
      const questions = questionOf(leaf, costOfLeaf(condition, leaves));
      const holds = asking(questions, scope.answers);
      return compiled({
        leaves,
        levels,
        inputs,
        isTimed: nextChange !== undefined,
        parts: [leaf],
        questions,
        holds,
        explain: (moment) =>
          holds(moment) ? undefined : { path, condition: text, saw: read(moment) ?? null },
        nextChange: nextChange ?? (() => undefined),
      });
    }
  }
}

/** All conditions have one layout in memory, so that asking any of them is fast. */
function compiled(condition: CompiledCondition): CompiledCondition {
  return {
    holds: condition.holds,
    explain: condition.explain,
    nextChange: condition.nextChange,
    isTimed: condition.isTimed,
    inputs: condition.inputs,
    parts: condition.parts,
    questions: condition.questions,
    leaves: condition.leaves,
    levels: condition.levels,
  };
}

function all(parts: readonly CompiledCondition[], { answers }: ConditionScope): CompiledCondition {
  const questions = questionsOfAll(parts.map((part) => part.questions));
  return compiled({
    ...common(parts, 1),
    questions,
    holds: asking(questions, answers),
    explain: (moment) => {
      for (const part of parts) {
        const failure = part.explain(moment);
        if (failure !== undefined) {
          return failure;
        }
      }
      return undefined;
    },
    nextChange: groupNextChange(parts, false),
  });
}

function any(
  parts: readonly CompiledCondition[],
  path: string,
  { answers }: ConditionScope,
): CompiledCondition {
  const questions = questionsOfAny(parts.map((part) => part.questions));
  const holds = asking(questions, answers);
  return compiled({
    ...common(parts, 1),
    questions,
    holds,
    // Every branch failed; the first one's reason stands for them all.
    explain: (moment) =>
      holds(moment)
        ? undefined
        : (parts[0]?.explain(moment) ?? { path, condition: 'any of nothing', saw: null }),
    nextChange: groupNextChange(parts, true),
  });
}

/**
 * A group stays decided while one of its parts decides it: a part that fails, for `all`, or holds, for
 * `any`. So it changes no sooner than the last of those, and if there are none with the first of all.
 */
function groupNextChange(
  parts: readonly CompiledCondition[],
  deciding: boolean,
): CompiledCondition['nextChange'] {
  const steady = parts.filter(({ isTimed }) => !isTimed);
  const timed = parts.filter(({ isTimed }) => isTimed);
  return (moment) => {
    if (timed.length === 0) {
      return undefined;
    }
    for (const part of steady) {
      if (part.holds(moment) === deciding) {
        return undefined;
      }
    }
    let first: EpochMs | undefined;
    let last: EpochMs | undefined;
    for (const part of timed) {
      const next = part.nextChange(moment);
      if (part.holds(moment) === deciding) {
        if (next === undefined) {
          return undefined;
        }
        last = last === undefined ? next : Math.max(last, next);
      }
      first = earlier(first, next);
    }
    return last ?? first;
  };
}

/** @param ownLevels 1 for a group, 0 for what stands for another condition. */
function common(parts: readonly CompiledCondition[], ownLevels: 0 | 1) {
  const { leaves, levels } = sizeOf(parts);
  return {
    leaves,
    levels: levels + (parts.length === 0 ? 0 : ownLevels),
    inputs: allInputs(parts.map(({ inputs }) => inputs)),
    isTimed: parts.some(({ isTimed }) => isTimed),
    parts: parts.flatMap((part) => part.parts),
  };
}

function describeNegated(condition: Condition): string {
  return condition.kind === 'segment' ? `segment ${condition.segmentId}` : condition.kind;
}
