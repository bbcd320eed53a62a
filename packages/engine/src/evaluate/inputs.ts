import type { AffinityDimension } from '@tenth/model/measure.ts';

/**
 * A part of the profile that conditions read: `visit` is that a new one began or another device is
 * looked at, `facts` what is told of the visit, by its first event and later, `id` the profile's id.
 */
export type PlainInput =
  | 'visit'
  | 'facts'
  | 'pages'
  | 'cart'
  | 'orders'
  | 'identity'
  | 'id'
  | 'clock';

/** What can change whether a condition holds, time apart. */
export interface Inputs {
  readonly plain: ReadonlySet<PlainInput>;
  /** Ids. */
  readonly aggregates: ReadonlySet<string>;
  /** Names. */
  readonly traits: ReadonlySet<string>;
  /** Keys by dimension, in lower case. */
  readonly affinities: ReadonlyMap<AffinityDimension, ReadonlySet<string>>;
}

export const noInputs: Inputs = {
  plain: new Set(),
  aggregates: new Set(),
  traits: new Set(),
  affinities: new Map(),
};

export function plainInputs(...inputs: readonly PlainInput[]): Inputs {
  return { ...noInputs, plain: new Set(inputs) };
}

export function traitInput(name: string): Inputs {
  return { ...noInputs, traits: new Set([name]) };
}

export function affinityInput(dimension: AffinityDimension, key: string): Inputs {
  return { ...noInputs, affinities: new Map([[dimension, new Set([key])]]) };
}

/** What is aggregated over a session begins anew with the next visit. */
export function aggregateInputs(
  aggregates: readonly { readonly id: string; readonly isOfSession: boolean }[],
): Inputs {
  return {
    ...noInputs,
    aggregates: new Set(aggregates.map(({ id }) => id)),
    plain: new Set(aggregates.some(({ isOfSession }) => isOfSession) ? ['visit'] : []),
  };
}

export function allInputs(all: readonly Inputs[]): Inputs {
  const [only] = all;
  if (only !== undefined && all.length === 1) {
    return only;
  }
  const affinities = new Map<AffinityDimension, Set<string>>();
  for (const inputs of all) {
    for (const [dimension, keys] of inputs.affinities) {
      affinities.set(dimension, new Set([...(affinities.get(dimension) ?? []), ...keys]));
    }
  }
  return {
    plain: new Set(all.flatMap(({ plain }) => [...plain])),
    aggregates: new Set(all.flatMap(({ aggregates }) => [...aggregates])),
    traits: new Set(all.flatMap(({ traits }) => [...traits])),
    affinities,
  };
}
