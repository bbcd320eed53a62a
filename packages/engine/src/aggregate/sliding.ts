import { type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import type { Window } from '@tenth/model/window.ts';
import type { LocalClock } from '../local-time.ts';

/** A window that moves with time, in whole buckets: the current one and `back` before it. */
export interface Sliding {
  readonly back: number;
  bucketOf(at: EpochMs): number;
  /** The earliest moment after `now` at which a bucket after the current one is reached; may be too early. */
  reaches(bucket: number, now: EpochMs): EpochMs;
  /** Whether the current bucket can become an earlier one, as days do where clocks are put back at midnight. */
  goesBack(now: EpochMs): boolean;
}

/** Undefined for windows that stay where they are. */
export function slidingOf(window: Window, clock: LocalClock): Sliding | undefined {
  switch (window.kind) {
    case 'last_minutes':
      return evenly(MINUTE_MS, window.minutes);
    case 'last_hours':
      return evenly(HOUR_MS, window.hours);
    case 'last_days':
      return {
        back: window.days,
        bucketOf: clock.dayOf,
        reaches: clock.reaches,
        goesBack: clock.goesBack,
      };
    default:
      return undefined;
  }
}

function evenly(bucketMs: number, back: number): Sliding {
  return {
    back,
    bucketOf: (at) => Math.floor(at / bucketMs),
    reaches: (bucket) => bucket * bucketMs,
    goesBack: () => false,
  };
}
