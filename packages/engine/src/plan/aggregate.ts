import { unreachable } from '@tenth/model/brand.ts';
import type { EventMatch, Window } from '@tenth/model/condition.ts';
import type { Counter } from '@tenth/model/profile.ts';
import { DAY_MS, type EpochMs, HOUR_MS, MINUTE_MS } from '@tenth/model/time.ts';
import { compileEventMatch, type EventTest, keyOfMatch } from '../evaluate/event-match.ts';
import { fnv1a32 } from '../hash.ts';

/** A count of some events over some window, as the plan compiles it. Equal counts share one aggregate. */
export interface Aggregate {
  /** Hash of the definition, so that it stays the same from plan to plan, and the buckets to keep. */
  readonly id: string;
  /** Event key it listens to; see `keyOfMatch`. */
  readonly key: string;
  readonly matches: EventTest;
  readonly window: Window;
  /** Length of a bucket in ms; 0 for `ever` and `session`, which have none. */
  readonly bucketMs: number;
  /** Buckets read before the current one. */
  readonly bucketsBack: number;
}

export function compileAggregate(event: EventMatch, window: Window): Aggregate {
  const definition = JSON.stringify([event.type, event.name ?? null, event.where ?? [], window]);
  const hash = fnv1a32(definition).toString(36) + fnv1a32(`${definition}#`).toString(36);
  const { bucketMs, bucketsBack } = bucketsOf(window);
  return {
    id: `${hash}-${bucketsBack}`,
    key: keyOfMatch(event),
    matches: compileEventMatch(event),
    window,
    bucketMs,
    bucketsBack,
  };
}

function bucketsOf(window: Window): { bucketMs: number; bucketsBack: number } {
  switch (window.kind) {
    case 'session':
    case 'ever':
      return { bucketMs: 0, bucketsBack: 0 };
    case 'last_minutes':
      return { bucketMs: MINUTE_MS, bucketsBack: window.minutes };
    case 'last_hours':
      return { bucketMs: HOUR_MS, bucketsBack: window.hours };
    case 'last_days':
      return { bucketMs: DAY_MS, bucketsBack: window.days };
    default:
      return unreachable(window);
  }
}

function bucketOfTime(aggregate: Aggregate, at: EpochMs): number {
  return aggregate.bucketMs === 0 ? 0 : Math.floor(at / aggregate.bucketMs);
}

/** Counts one event at `at`; buckets that no reader will look at again are dropped. */
export function addToCounter(
  counter: Counter | undefined,
  aggregate: Aggregate,
  at: EpochMs,
): Counter {
  const bucket = bucketOfTime(aggregate, at);
  return counter === undefined
    ? [bucket, 1]
    : pruned(withAdded(counter, bucket, 1), aggregate.bucketsBack);
}

/** Sum of two counters of one aggregate, bucket by bucket. */
export function addCounters(left: Counter, right: Counter, aggregateId: string): Counter {
  let sum = left;
  for (let index = 0; index < right.length; index += 2) {
    sum = withAdded(sum, right[index] ?? 0, right[index + 1] ?? 0);
  }
  return pruned(sum, Number(aggregateId.slice(aggregateId.lastIndexOf('-') + 1)));
}

function withAdded(counter: Counter, bucket: number, count: number): Counter {
  let index = 0;
  while (index < counter.length && (counter[index] ?? 0) < bucket) {
    index += 2;
  }
  return counter[index] === bucket && index < counter.length
    ? counter.with(index + 1, (counter[index + 1] ?? 0) + count)
    : [...counter.slice(0, index), bucket, count, ...counter.slice(index)];
}

/** Drops the buckets that no reading at or after the newest one looks at. */
function pruned(counter: Counter, bucketsBack: number): Counter {
  if (bucketsBack === 0) {
    return counter;
  }
  const oldest = (counter.at(-2) ?? 0) - bucketsBack;
  let index = 0;
  while (index < counter.length && (counter[index] ?? 0) < oldest) {
    index += 2;
  }
  return index === 0 ? counter : counter.slice(index);
}

/** The count as of `now`: the current bucket and `bucketsBack` before it, the oldest one whole. */
export function readCounter(
  counter: Counter | undefined,
  aggregate: Aggregate,
  now: EpochMs,
): number {
  if (counter === undefined) {
    return 0;
  }
  if (aggregate.bucketMs === 0) {
    return counter[1] ?? 0;
  }
  const current = bucketOfTime(aggregate, now);
  const oldest = current - aggregate.bucketsBack;
  let sum = 0;
  for (let index = 0; index < counter.length; index += 2) {
    const at = counter[index] ?? 0;
    if (at >= oldest && at <= current) {
      sum += counter[index + 1] ?? 0;
    }
  }
  return sum;
}
