import { MOST_DISTINCT } from '@tenth/model/measure.ts';
import type { AggregateState, Scalar } from '@tenth/model/profile.ts';

interface Seen {
  readonly bucket: number;
  readonly value: Scalar;
}

/**
 * Notes that a value was seen. Each value stands once with the last bucket it was seen in; of more than
 * 100, those seen last are kept, so that whichever window is read its figure is right up to 100.
 *
 * @returns The same state where it says all of this already.
 */
export function addToDistinct(
  state: AggregateState | undefined,
  bucket: number,
  value: Scalar,
  bucketsBack: number,
): AggregateState {
  if (state === undefined) {
    return [bucket, value];
  }
  for (let at = 1; at < state.length; at += 2) {
    if (state[at] === value && Number(state[at - 1]) >= bucket) {
      return state;
    }
  }
  const added = normalised([...read(state), { bucket, value }], bucketsBack);
  return added.length === state.length && added.every((part, at) => part === state[at])
    ? state
    : added;
}

export function mergeDistinct(
  left: AggregateState,
  right: AggregateState,
  bucketsBack: number,
): AggregateState {
  return normalised([...read(left), ...read(right)], bucketsBack);
}

function read(state: AggregateState): readonly Seen[] {
  const seen: Seen[] = [];
  for (let at = 0; at < state.length; at += 2) {
    const value = state[at + 1];
    if (value !== undefined) {
      seen.push({ bucket: Number(state[at]), value });
    }
  }
  return seen;
}

function normalised(seen: readonly Seen[], bucketsBack: number): AggregateState {
  const latest = new Map<Scalar, Seen>();
  let newest = Number.NEGATIVE_INFINITY;
  for (const one of seen) {
    newest = Math.max(newest, one.bucket);
    const before = latest.get(one.value);
    if (before === undefined || before.bucket < one.bucket) {
      latest.set(one.value, one);
    }
  }
  const oldest = bucketsBack === 0 ? Number.NEGATIVE_INFINITY : newest - bucketsBack;
  return [...latest.values()]
    .filter(({ bucket }) => bucket >= oldest)
    .sort(compare)
    .slice(-MOST_DISTINCT)
    .flatMap(({ bucket, value }) => [bucket, value]);
}

/** By bucket; of one bucket in any order that is always the same. */
function compare(left: Seen, right: Seen): number {
  if (left.bucket !== right.bucket) {
    return left.bucket - right.bucket;
  }
  const [one, other] = [typeof left.value, typeof right.value];
  return one === other ? (left.value < right.value ? -1 : 1) : one < other ? -1 : 1;
}
