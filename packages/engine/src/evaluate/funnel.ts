import type { NumberMeasure } from '@tenth/model/measure.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { timesAt } from './aggregate-reading.ts';
import { type CompiledMeasure, timeless } from './compiled-measure.ts';
import type { ConditionScope } from './condition-scope.ts';
import { describeMatch } from './event-match.ts';
import { aggregateInputs } from './inputs.ts';

export function funnelMeasure(
  { steps, withinMinutes }: Extract<NumberMeasure, { kind: 'funnel' }>,
  scope: ConditionScope,
): CompiledMeasure {
  const aggregates = steps.map((event) =>
    scope.aggregate({ kind: 'times', event, window: { kind: 'ever' } }),
  );
  const within = withinMinutes * MINUTE_MS;
  return timeless(
    `steps of ${steps.map(describeMatch).join(' -> ')} within ${withinMinutes} minutes`,
    aggregateInputs(aggregates),
    (moment) =>
      stepsGone(
        aggregates.map((aggregate) => timesAt(aggregate, moment)),
        within,
      ),
  );
}

/**
 * The most steps gone one strictly after the other within a time from the first: each start is followed
 * on its own, taking the next time of each step.
 *
 * @param steps Times of each step in ms, rising.
 */
export function stepsGone(steps: readonly (readonly number[])[], within: number): number {
  const [starts = [], ...later] = steps;
  let most = 0;
  for (const start of starts) {
    let [gone, at] = [1, start];
    for (const times of later) {
      const next = firstAfter(times, at);
      if (next === undefined || next - start > within) {
        break;
      }
      gone += 1;
      at = next;
    }
    most = Math.max(most, gone);
    if (most === steps.length) {
      return most;
    }
  }
  return most;
}

/** The first of rising times that is strictly after another. */
export function firstAfter(times: readonly number[], at: number): number | undefined {
  return times.find((time) => time > at);
}
