import { SECOND_MS } from '@tenth/model/time.ts';

const LONGEST_MS = 30 * SECOND_MS;

/**
 * How long to wait before the next attempt: doubling from a second to half a minute, with half of it
 * left to chance so that nodes do not knock together.
 *
 * @param failures Failures in a row, from 1.
 * @param random   In [0, 1).
 */
export function retryDelayMs(failures: number, random: number): number {
  const ceilingMs = Math.min(LONGEST_MS, SECOND_MS * 2 ** Math.min(failures - 1, 10));
  return Math.round(ceilingMs / 2 + (ceilingMs / 2) * random);
}
