import type { Attribute } from '@tenth/model/attribute.ts';
import type { AttributeId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { CompiledCondition } from './compile-condition.ts';
import { compileConditions } from './compile-definition.ts';
import type { CompiledMeasure, FigureUse } from './compiled-measure.ts';
import type { ConditionScope } from './condition-scope.ts';
import { sizeOf } from './condition-size.ts';
import { affinityInput, allInputs, type Inputs } from './inputs.ts';
import type { Moment } from './moment.ts';
import { compileNaiveBayes, type NaiveBayes, probabilities, steadyFor } from './naive-bayes.ts';
import { earlier } from './next-change.ts';

/** Confidences are told in ten-thousandths. */
const STEPS = 1e4;
/** How often one looks ahead for the moment at which a confidence passes a cut, before looking again later. */
const MOST_LOOKS = 16;

/** Something inferred of a person. */
export interface CompiledAttribute {
  readonly id: AttributeId;
  readonly definition: Attribute;
  readonly inputs: Inputs;
  /** Conditions in its rules, and how deep they are; at least 1. */
  readonly leaves: number;
  readonly levels: number;
  /** How sure each value is, 0 to 1, by the value's id. */
  confidenceOf(moment: Moment): ReadonlyMap<string, number>;
  /** How sure one of its values is, as a figure. */
  measureOf(value: string): CompiledMeasure;
}

interface Rule {
  readonly condition: CompiledCondition;
  /** In the order of the values. */
  readonly confidences: readonly number[];
}

/** @throws {DefinitionError} A rule or a likelihood names a value that the attribute has not. */
export function compileAttribute(
  definition: Attribute,
  path: string,
  scope: ConditionScope,
): CompiledAttribute {
  const ids = definition.values.map(({ id }) => id);
  refuseDoubles(ids, path, scope);
  const place = (value: string, at: string): number => {
    const index = ids.indexOf(value);
    if (index === -1) {
      throw scope.refusal(at, `there is no value ${value}; there are: ${ids.join(', ')}`);
    }
    return index;
  };
  const conditions = compileConditions(
    definition.rules.map(({ condition }, index) => ({
      condition,
      path: `${path}.rules[${index}].condition`,
    })),
    path,
    scope,
  );
  const rules: readonly Rule[] = definition.rules.flatMap(({ value, confidence }, index) => {
    const condition = conditions[index];
    const sure = place(value, `${path}.rules[${index}].value`);
    return condition === undefined
      ? []
      : [{ condition, confidences: byRule(definition, sure, confidence) }];
  });
  definition.evidence.forEach(({ likelihoods }, index) => {
    for (const value of Object.keys(likelihoods)) {
      place(value, `${path}.evidence[${index}].likelihoods`);
    }
  });
  const bayes = compileNaiveBayes(definition);
  const read = (moment: Moment): readonly number[] =>
    rules.find(({ condition }) => condition.holds(moment))?.confidences ??
    probabilities(bayes, moment.profile.affinities, moment.now).map(rounded);
  const inputs = allInputs([
    ...conditions.map((condition) => condition.inputs),
    ...bayes.evidence.map(({ dimension, key }) => affinityInput(dimension, key)),
  ]);
  const size = sizeOf(conditions);
  return {
    id: definition.id,
    definition,
    inputs,
    ...size,
    confidenceOf: (moment) => {
      const confidences = read(moment);
      return new Map(ids.map((id, index) => [id, confidences[index] ?? 0]));
    },
    measureOf: (value) => {
      const index = ids.indexOf(value);
      return {
        text: `confidence of ${definition.id} ${value}`,
        inputs,
        ...size,
        read: (moment) => read(moment)[index],
        nextChange: (moment, use) => {
          let next: EpochMs | undefined;
          for (const { condition } of rules) {
            next = earlier(next, condition.nextChange(moment));
            if (condition.holds(moment)) {
              return next;
            }
          }
          return earlier(next, bayesNextChange(bayes, index, moment, use));
        },
      };
    },
  };
}

function refuseDoubles(ids: readonly string[], path: string, scope: ConditionScope): void {
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) {
    throw scope.refusal(`${path}.values`, `the value ${double} stands twice`);
  }
}

/** What a rule is not sure of is shared by the other values as their priors are. */
function byRule({ values }: Attribute, sure: number, confidence: number): readonly number[] {
  const others = values.reduce((sum, { prior }, index) => (index === sure ? sum : sum + prior), 0);
  return values.map(({ prior }, index) =>
    rounded(index === sure ? confidence : ((1 - confidence) * prior) / others),
  );
}

function rounded(confidence: number): number {
  return Math.floor(confidence * STEPS + 0.5) / STEPS;
}

/**
 * Goes forward in steps in which the probability cannot come to a cut, and stops where it is past one,
 * or after so many looks: too early, but never too late.
 */
function bayesNextChange(
  bayes: NaiveBayes,
  index: number,
  { profile: { affinities }, now }: Moment,
  { sort, cuts }: FigureUse,
): EpochMs | undefined {
  const bounds = cuts.flatMap((cut) => {
    const step = Math.round(cut * STEPS);
    return [-1, 0, 1, 2].map((by) => (step + by - 0.5) / STEPS);
  });
  const probabilityAt = (at: EpochMs) => probabilities(bayes, affinities, at)[index] ?? 0;
  const current = sort(rounded(probabilityAt(now)));
  let at = now;
  for (let looks = 0; looks < MOST_LOOKS; looks += 1) {
    const probability = probabilityAt(at);
    if (at > now && sort(rounded(probability)) !== current) {
      return at;
    }
    const room = Math.min(...bounds.map((bound) => Math.abs(bound - probability)));
    at += steadyFor(bayes, affinities, at, room);
    if (at === Number.POSITIVE_INFINITY) {
      return undefined;
    }
  }
  return at;
}
