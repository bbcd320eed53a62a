import type { Variable } from '@tenth/model/variable.ts';

type Quantiles = Extract<Variable['levelling'], { readonly kind: 'quantiles' }>;

/**
 * Cuts are worked out by the schedule and nobody else: a variable that is put keeps those it has while
 * figure and shares stay the same, whatever it was sent with, and else has none for the moment.
 */
export function keepCuts(sent: Variable, stored: Variable | undefined): Variable {
  if (sent.levelling.kind !== 'quantiles') {
    return sent;
  }
  const before = stored?.levelling;
  const bare = withoutCuts(sent.levelling);
  return {
    ...sent,
    levelling:
      before?.kind === 'quantiles' && signatureOf(before) === signatureOf(bare)
        ? withCutsOf(bare, before)
        : bare,
  };
}

/** Equal for variables whose cuts are the same. */
export function signatureOf({ of, levels }: Quantiles): string {
  return JSON.stringify([of, levels.map(({ share }) => share)]);
}

function withoutCuts({ kind, of, levels, everyHours }: Quantiles): Quantiles {
  return {
    kind,
    of,
    levels: levels.map(({ id, name, share }) => ({ id, name, share })),
    everyHours,
  };
}

function withCutsOf(bare: Quantiles, { levels, computedAt }: Quantiles): Quantiles {
  return {
    ...bare,
    levels: bare.levels.map((level, index) => {
      const { below, reached } = levels[index] ?? {};
      return {
        ...level,
        ...(below === undefined ? {} : { below }),
        ...(reached === undefined ? {} : { reached }),
      };
    }),
    ...(computedAt === undefined ? {} : { computedAt }),
  };
}
