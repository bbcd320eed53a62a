import { createHash } from 'node:crypto';
import type { VariableId } from '@tenth/model/ids.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Variable } from '@tenth/model/variable.ts';
import type { Definitions } from '../conditions/condition-sql.ts';

/** Everybody's levels, as they were worked out at one moment; complete. */
export interface LevelBuild {
  readonly build: number;
  /** In the order in which a person's levels are kept. */
  readonly variables: readonly string[];
  readonly asOf: EpochMs;
}

/** Up to so many variables are all worked out in one go, whichever were asked for. */
const MOST_TOGETHER = 20;

/**
 * Which variables to work out: all there are, so that whoever tries one choice after another waits once;
 * where there are many, the chosen ones.
 */
export function variablesToBuild(
  { variables }: Definitions,
  chosen: readonly VariableId[],
): readonly VariableId[] {
  const wanted = variables.length <= MOST_TOGETHER ? variables.map(({ id }) => id) : chosen;
  return [...wanted].sort();
}

/**
 * Equal for definitions by which everybody comes to the same levels. A change of anything that variables
 * may refer to is taken for a change of levels.
 */
export function signatureOf(definitions: Definitions): string {
  const { segments, variables, attributes, lists, settings } = definitions;
  const { timeZone, currency } = settings;
  const text = JSON.stringify([segments, variables, attributes, lists, timeZone, currency]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** The ids of a variable's levels, in order. */
export function levelIdsOf({ levelling }: Variable): readonly string[] {
  return levelling.levels.map(({ id }) => id);
}
