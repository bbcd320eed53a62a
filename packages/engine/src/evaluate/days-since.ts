import { DAY_MS, type EpochMs } from '@tenth/model/time.ts';
import type { FigureUse } from './compiled-measure.ts';
import { firstDifference } from './next-change.ts';

/** Days of 24 hours, with fractions; undefined where it never happened. */
export function daysSince(at: EpochMs | undefined, now: EpochMs): number | undefined {
  return at === undefined ? undefined : (now - at) / DAY_MS;
}

export function daysSinceNextChange(
  at: EpochMs | undefined,
  now: EpochMs,
  { sort, cuts }: FigureUse,
): EpochMs | undefined {
  return at === undefined
    ? undefined
    : firstDifference(
        now,
        cuts.map((cut) => at + cut * DAY_MS),
        (time) => sort(daysSince(at, time)),
      );
}
