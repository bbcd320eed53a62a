import { AMOUNT_STEPS } from '@tenth/model/measure.ts';
import type { AggregateState } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { asNumbers } from '../aggregate/buckets.ts';
import type { Sliding } from '../aggregate/sliding.ts';
import type { FigureUse } from './compiled-measure.ts';
import { earlier } from './next-change.ts';

/** Running totals over buckets. */
interface Totals {
  count: number;
  /** Sum, least or greatest of the steps. */
  steps: number;
}

/** A figure of a bucketed state: how its entries add up, and what is made of the totals. */
export interface BucketFigure {
  readonly kind: 'count' | 'sum' | 'min' | 'max' | 'distinct';
  readonly width: number;
  add(totals: Totals, state: readonly number[], place: number): void;
  value(totals: Totals): number | undefined;
}

const inUnits = (totals: Totals) => totals.steps / AMOUNT_STEPS;
const ofAny = (totals: Totals) => (totals.count === 0 ? undefined : inUnits(totals));

function extreme(kind: 'min' | 'max'): BucketFigure {
  const choose = kind === 'min' ? Math.min : Math.max;
  return {
    kind,
    width: 2,
    add: (totals, state, place) => {
      const steps = state[place + 1] ?? 0;
      totals.steps = totals.count === 0 ? steps : choose(totals.steps, steps);
      totals.count += 1;
    },
    value: ofAny,
  };
}

function addAmounts(totals: Totals, state: readonly number[], place: number): void {
  totals.count += state[place + 1] ?? 0;
  totals.steps += state[place + 2] ?? 0;
}

export const bucketFigures = {
  count: {
    kind: 'count',
    width: 2,
    add: (totals, state, place) => {
      totals.count += state[place + 1] ?? 0;
    },
    value: ({ count }) => count,
  },
  distinct: {
    kind: 'distinct',
    width: 2,
    add: (totals) => {
      totals.count += 1;
    },
    value: ({ count }) => count,
  },
  sum: { kind: 'sum', width: 3, add: addAmounts, value: inUnits },
  mean: {
    kind: 'sum',
    width: 3,
    add: addAmounts,
    value: ({ count, steps }) => (count === 0 ? undefined : steps / count / AMOUNT_STEPS),
  },
  min: extreme('min'),
  max: extreme('max'),
  /** On how many buckets there was anything. */
  buckets: {
    kind: 'count',
    width: 2,
    add: (totals) => {
      totals.count += 1;
    },
    value: ({ count }) => count,
  },
} as const satisfies Record<string, BucketFigure>;

/** The figure over all buckets. */
export function readWhole(state: AggregateState | undefined, figure: BucketFigure) {
  return readBetween(state, figure, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}

/** The figure over the current bucket and those of the window before it. */
export function readSliding(
  state: AggregateState | undefined,
  figure: BucketFigure,
  { back, bucketOf }: Pick<Sliding, 'back' | 'bucketOf'>,
  now: EpochMs,
): number | undefined {
  const current = bucketOf(now);
  return readBetween(state, figure, current - back, current);
}

function readBetween(
  state: AggregateState | undefined,
  figure: BucketFigure,
  oldest: number,
  newest: number,
): number | undefined {
  const totals: Totals = { count: 0, steps: 0 };
  if (state !== undefined) {
    const numbers = asNumbers(state);
    for (let place = numbers.length - figure.width; place >= 0; place -= figure.width) {
      const bucket = numbers[place] ?? 0;
      if (bucket < oldest) {
        break;
      }
      if (bucket <= newest) {
        figure.add(totals, numbers, place);
      }
    }
  }
  return figure.value(totals);
}

/**
 * When what is made of a sliding figure can be another, if nothing more happens: one bucket after the
 * other leaves the window, the oldest first.
 */
export function slidingNextChange(
  state: AggregateState | undefined,
  figure: BucketFigure,
  sliding: Sliding,
  now: EpochMs,
  { sort }: FigureUse,
): EpochMs | undefined {
  if (state === undefined) {
    return undefined;
  }
  const numbers = asNumbers(state);
  const { width } = figure;
  const current = sliding.bucketOf(now);
  if (sliding.goesBack(now)) {
    return sliding.reaches(current + 1, now);
  }
  const oldest = current - sliding.back;
  let place = numbers.length - width;
  let entering: number | undefined;
  while (place >= 0 && (numbers[place] ?? 0) > current) {
    entering = numbers[place];
    place -= width;
  }
  const sorted = sort(readBetween(state, figure, oldest, current));
  // From the newest bucket back: the figure of ever more buckets, which is what remains ever sooner.
  const totals: Totals = { count: 0, steps: 0 };
  let leaving: number | undefined;
  for (; place >= 0; place -= width) {
    const bucket = numbers[place] ?? 0;
    if (bucket < oldest) {
      break;
    }
    if (numbers[place + width] !== bucket && sort(figure.value(totals)) !== sorted) {
      leaving = bucket;
    }
    figure.add(totals, numbers, place);
  }
  const left = leaving === undefined ? undefined : leaving + sliding.back + 1;
  if (entering === undefined) {
    return left === undefined ? undefined : sliding.reaches(left, now);
  }
  // What lies ahead of now is rare, so it is enough to look again when anything comes or goes.
  const first = firstLeaving(numbers, width, oldest, current);
  return earlier(
    sliding.reaches(entering, now),
    first === undefined ? undefined : sliding.reaches(first + sliding.back + 1, now),
  );
}

function firstLeaving(
  numbers: readonly number[],
  width: number,
  oldest: number,
  current: number,
): number | undefined {
  for (let place = 0; place < numbers.length; place += width) {
    const bucket = numbers[place] ?? 0;
    if (bucket >= oldest && bucket <= current) {
      return bucket;
    }
  }
  return undefined;
}
