import { unreachable } from '@tenth/model/brand.ts';
import type { VariableId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Variable } from '@tenth/model/variable.ts';
import type { CompiledCondition } from './compile-condition.ts';
import { compileConditions } from './compile-definition.ts';
import type { ConditionScope } from './condition-scope.ts';
import { sizeOf } from './condition-size.ts';
import { allInputs, type Inputs } from './inputs.ts';
import { compileMeasure } from './measure.ts';
import type { Moment } from './moment.ts';
import { earlier } from './next-change.ts';

/** A figure or a set of rules that puts people into levels. */
export interface CompiledVariable {
  readonly id: VariableId;
  readonly definition: Variable;
  readonly inputs: Inputs;
  readonly leaves: number;
  readonly levels: number;
  /** Id of the person's level; undefined where they have none. */
  levelOf(moment: Moment): string | undefined;
  /**
   * The earliest moment after now at which time alone can sort the level differently; it can be too
   * early. There is no such function where time alone never changes the level.
   */
  readonly nextChange:
    | ((moment: Moment, sort: (level: string | undefined) => unknown) => EpochMs | undefined)
    | undefined;
}

/** @throws {DefinitionError} Its levels do not follow one another, or a condition cannot be compiled. */
export function compileVariable(
  definition: Variable,
  path: string,
  scope: ConditionScope,
): CompiledVariable {
  const { levelling } = definition;
  const ids = levelling.levels.map(({ id }) => id);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) {
    throw scope.refusal(`${path}.levelling.levels`, `the level ${double} stands twice`);
  }
  switch (levelling.kind) {
    case 'thresholds':
      refuseUnordered(levelling.levels, `${path}.levelling.levels`, scope);
      return byFigure(definition, levelling, path, scope);
    case 'quantiles':
      return byFigure(definition, levelling, path, scope);
    case 'rules':
      return byRules(definition, levelling, path, scope);
    default:
      return unreachable(levelling);
  }
}

type Levelling<Kind extends Variable['levelling']['kind']> = Extract<
  Variable['levelling'],
  { kind: Kind }
>;

function refuseUnordered(
  levels: Levelling<'thresholds'>['levels'],
  path: string,
  scope: ConditionScope,
): void {
  levels.forEach(({ id, below }, index) => {
    const at = `${path}[${index}].below`;
    const isLast = index === levels.length - 1;
    if (isLast !== (below === undefined)) {
      throw scope.refusal(
        at,
        isLast
          ? `the last level reaches up without end; leave out below of ${id}`
          : `say up to below which figure ${id} reaches; only the last level reaches up without end`,
      );
    }
    const before = levels[index - 1]?.below;
    if (below !== undefined && before !== undefined && below <= before) {
      throw scope.refusal(at, `the level ${id} is empty; give a figure above ${before}`);
    }
  });
}

function byFigure(
  definition: Variable,
  { of, levels }: Levelling<'thresholds' | 'quantiles'>,
  path: string,
  scope: ConditionScope,
): CompiledVariable {
  const measure = compileMeasure(of, `${path}.levelling.of`, scope);
  const cuts = levels.slice(0, -1).flatMap(({ below }) => (below === undefined ? [] : [below]));
  // Quantiles have no cuts before they are worked out for the first time.
  const isKnown = cuts.length === levels.length - 1;
  const levelAt = (figure: number | undefined): string | undefined => {
    if (figure === undefined || !isKnown) {
      return undefined;
    }
    const index = cuts.findIndex((cut) => figure < cut);
    return levels[index === -1 ? levels.length - 1 : index]?.id;
  };
  const { nextChange } = measure;
  return {
    id: definition.id,
    definition,
    inputs: measure.inputs,
    leaves: measure.leaves,
    levels: measure.levels,
    levelOf: (moment) => levelAt(measure.read(moment)),
    nextChange:
      nextChange === undefined
        ? undefined
        : (moment, sort) => nextChange(moment, { sort: (figure) => sort(levelAt(figure)), cuts }),
  };
}

function byRules(
  definition: Variable,
  { levels }: Levelling<'rules'>,
  path: string,
  scope: ConditionScope,
): CompiledVariable {
  const conditions = compileConditions(
    levels.flatMap(({ condition }, index) =>
      condition === undefined
        ? []
        : [{ condition, path: `${path}.levelling.levels[${index}].condition` }],
    ),
    `${path}.levelling.levels`,
    scope,
  );
  const waiting = [...conditions];
  const rules: readonly {
    readonly id: string;
    readonly condition: CompiledCondition | undefined;
  }[] = levels.map(({ id, condition }) => ({
    id,
    condition: condition === undefined ? undefined : waiting.shift(),
  }));
  return {
    id: definition.id,
    definition,
    inputs: allInputs(conditions.map(({ inputs }) => inputs)),
    ...sizeOf(conditions),
    levelOf: (moment) =>
      rules.find(({ condition }) => condition === undefined || condition.holds(moment))?.id,
    nextChange: conditions.some(({ isTimed }) => isTimed)
      ? (moment) => {
          let next: EpochMs | undefined;
          for (const { condition } of rules) {
            if (condition === undefined) {
              break;
            }
            next = earlier(next, condition.nextChange(moment));
            if (condition.holds(moment)) {
              break;
            }
          }
          return next;
        }
      : undefined,
  };
}
