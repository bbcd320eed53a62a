import { firstAfter } from './funnel.ts';

/**
 * Whether the second event came strictly after the first one within a time, with none of `without`
 * strictly in between. The latest first one before a second leaves the least room for anything between.
 *
 * @param first, second, without Times in ms, rising.
 */
export function hasSequence(
  first: readonly number[],
  second: readonly number[],
  without: readonly number[],
  within: number,
): boolean {
  return second.some((end) => {
    const start = first.findLast((time) => time < end);
    if (start === undefined || end - start > within) {
      return false;
    }
    const between = firstAfter(without, start);
    return between === undefined || between >= end;
  });
}
