import { MOST_KEPT } from '@tenth/model/measure.ts';
import type { AggregateState } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import { asNumbers } from './buckets.ts';

/** Adds a time to the latest 50, rising. @returns The same state where the time is older than all of them. */
export function addToTimes(state: AggregateState | undefined, at: EpochMs): AggregateState {
  if (state === undefined) {
    return [at];
  }
  const times = asNumbers(state);
  let place = times.length;
  while (place > 0 && (times[place - 1] ?? 0) > at) {
    place -= 1;
  }
  if (times.length < MOST_KEPT) {
    return [...times.slice(0, place), at, ...times.slice(place)];
  }
  return place === 0 ? state : [...times.slice(1, place), at, ...times.slice(place)];
}

export function mergeTimes(left: AggregateState, right: AggregateState): AggregateState {
  return [...asNumbers(left), ...asNumbers(right)]
    .sort((one, other) => one - other)
    .slice(-MOST_KEPT);
}

/** The later of two `latest` states. */
export function laterTime(left: AggregateState, right: AggregateState): AggregateState {
  return Number(left[0]) >= Number(right[0]) ? left : right;
}
