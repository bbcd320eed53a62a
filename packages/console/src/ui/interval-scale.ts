/**
 * Places values between 0 and 1 so that the interval and zero both lie well inside, with room for
 * the labels at the ends.
 */
export function intervalScale(given: {
  readonly point: number;
  readonly low: number;
  readonly high: number;
}): (value: number) => number {
  const least = Math.min(0, given.low, given.point);
  const most = Math.max(0, given.high, given.point);
  const span = most - least || 1;
  const margin = span * 0.16;
  return (value) => (value - least + margin) / (span + 2 * margin);
}
