import type { EpochMs } from '@tenth/model/time.ts';

/** After this no moment can be named. */
const LAST = 8.64e15;

/** The earlier of two moments, undefined being never. */
export function earlier(
  left: EpochMs | undefined,
  right: EpochMs | undefined,
): EpochMs | undefined {
  return left === undefined ? right : right === undefined || left < right ? left : right;
}

/**
 * The first moment after `now` at which something that changes only around certain moments is another
 * than it is now.
 *
 * @param around Moments by the formula, which arithmetic can miss by a little.
 */
export function firstDifference(
  now: EpochMs,
  around: readonly number[],
  at: (time: EpochMs) => unknown,
): EpochMs | undefined {
  const current = at(now);
  let first: EpochMs | undefined;
  for (const moment of around) {
    if (Math.abs(moment) < LAST) {
      for (let time = Math.floor(moment) - 1; time <= moment + 2; time += 1) {
        if (time > now && (first === undefined || time < first) && at(time) !== current) {
          first = time;
        }
      }
    }
  }
  return first;
}
