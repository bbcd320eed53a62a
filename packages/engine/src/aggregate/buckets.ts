import type { AggregateState } from '@tenth/model/profile.ts';

/** How the parts of a bucketed aggregate are added up. */
export interface BucketShape {
  /** Numbers a bucket, its own included. */
  readonly width: number;
  combine(left: number, right: number): number;
}

const sum = (left: number, right: number): number => left + right;

/** Count and steps are both sums. */
export const shapes = {
  count: { width: 2, combine: sum },
  sum: { width: 3, combine: sum },
  min: { width: 2, combine: Math.min },
  max: { width: 2, combine: Math.max },
} as const satisfies Record<string, BucketShape>;

/**
 * Adds one bucket's parts. Buckets that no reading at or after the newest one looks at are dropped.
 *
 * @param entry Bucket and parts: `[20514, 1]`.
 * @param bucketsBack Buckets kept before the newest; 0 for all.
 */
export function addToBuckets(
  state: AggregateState | undefined,
  entry: readonly number[],
  shape: BucketShape,
  bucketsBack: number,
): AggregateState {
  if (state === undefined) {
    return entry;
  }
  const numbers = asNumbers(state);
  const [bucket = 0] = entry;
  const last = numbers.length - shape.width;
  if (numbers[last] === bucket) {
    const changed = numbers.slice();
    combineInto(changed, last, entry, shape);
    return changed;
  }
  return mergeBuckets(numbers, entry, shape, bucketsBack);
}

/** Both together, bucket by bucket. */
export function mergeBuckets(
  left: AggregateState,
  right: AggregateState,
  shape: BucketShape,
  bucketsBack: number,
): AggregateState {
  const { width } = shape;
  const [ours, theirs] = [asNumbers(left), asNumbers(right)];
  const newest = Math.max(ours[ours.length - width] ?? 0, theirs[theirs.length - width] ?? 0);
  const oldest = bucketsBack === 0 ? Number.NEGATIVE_INFINITY : newest - bucketsBack;
  const merged: number[] = [];
  let [at, theirAt] = [0, 0];
  while (at < ours.length || theirAt < theirs.length) {
    const bucket = ours[at] ?? Number.POSITIVE_INFINITY;
    const theirBucket = theirs[theirAt] ?? Number.POSITIVE_INFINITY;
    const place = merged.length;
    const isOurs = bucket <= theirBucket;
    if (Math.min(bucket, theirBucket) >= oldest) {
      const from = isOurs ? ours : theirs;
      for (let part = 0; part < width; part += 1) {
        merged.push(from[(isOurs ? at : theirAt) + part] ?? 0);
      }
      if (bucket === theirBucket) {
        combineInto(merged, place, theirs.slice(theirAt, theirAt + width), shape);
      }
    }
    at += isOurs ? width : 0;
    theirAt += theirBucket <= bucket ? width : 0;
  }
  return merged;
}

function combineInto(
  numbers: number[],
  place: number,
  entry: readonly number[],
  { width, combine }: BucketShape,
): void {
  for (let part = 1; part < width; part += 1) {
    numbers[place + part] = combine(numbers[place + part] ?? 0, entry[part] ?? 0);
  }
}

/** The states of bucketed aggregates and of times hold numbers only; their kind says so. */
export function asNumbers(state: AggregateState): readonly number[] {
  return state as readonly number[];
}
