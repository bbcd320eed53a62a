import type { LeafCondition } from '@tenth/model/condition.ts';
import type { Scalar } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Aggregate } from '../aggregate/compile-aggregate.ts';
import { type Item, readItems } from '../aggregate/items.ts';
import { type Sliding, slidingOf } from '../aggregate/sliding.ts';
import { latestAt, stateAt } from './aggregate-reading.ts';
import type { ConditionScope } from './condition-scope.ts';
import { aggregateInputs, type Inputs } from './inputs.ts';
import type { Moment } from './moment.ts';
import { earlier } from './next-change.ts';

type EventValue = Extract<LeafCondition, { kind: 'event_value' }>;

/** The first, last or most frequent value of a property. */
export interface CompiledEventValue {
  readonly inputs: Inputs;
  read(moment: Moment): Scalar | undefined;
  /** When time alone can make it another value, at the earliest; no function where it never does. */
  readonly nextChange: ((moment: Moment) => EpochMs | undefined) | undefined;
}

export function compileEventValue(
  { event, property, measure, window }: EventValue,
  scope: ConditionScope,
): CompiledEventValue {
  const sliding = slidingOf(window, scope.clock);
  const choose = measure === 'most_frequent' ? mostFrequent : measure === 'first' ? first : last;
  if (window.kind === 'since_event') {
    const kind = measure === 'last' ? 'last' : 'items';
    const items = scope.aggregate({ kind, event, property, window: { kind: 'ever' } });
    const anchor = scope.aggregate({
      kind: 'latest',
      event: window.event,
      window: { kind: 'ever' },
    });
    return {
      inputs: aggregateInputs([items, anchor]),
      read: (moment) => {
        const since = latestAt(anchor, moment) ?? Number.POSITIVE_INFINITY;
        return choose(itemsAt(items, moment).filter(({ at }) => at > since));
      },
      nextChange: undefined,
    };
  }
  if (sliding === undefined) {
    const kind = measure === 'most_frequent' ? 'items' : measure;
    const items = scope.aggregate({ kind, event, property, window });
    return {
      inputs: aggregateInputs([items]),
      read: (moment) => choose(itemsAt(items, moment)),
      nextChange: undefined,
    };
  }
  const kind = measure === 'last' ? 'last' : 'items';
  const items = scope.aggregate({ kind, event, property, window: { kind: 'ever' } });
  return {
    inputs: aggregateInputs([items]),
    read: (moment) => {
      const current = sliding.bucketOf(moment.now);
      return choose(
        itemsAt(items, moment).filter(({ at }) => {
          const bucket = sliding.bucketOf(at);
          return bucket <= current && bucket >= current - sliding.back;
        }),
      );
    },
    nextChange: (moment) => nextComingOrGoing(itemsAt(items, moment), sliding, moment.now),
  };
}

function itemsAt(aggregate: Aggregate, moment: Moment): readonly Item[] {
  return readItems(stateAt(aggregate, moment));
}

function first(items: readonly Item[]): Scalar | undefined {
  return items[0]?.value;
}

function last(items: readonly Item[]): Scalar | undefined {
  return items.at(-1)?.value;
}

/** Of equally frequent values the one seen last. */
function mostFrequent(items: readonly Item[]): Scalar | undefined {
  const counts = new Map<Scalar, number>();
  let most = 0;
  for (const { value } of items) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    most = Math.max(most, count);
  }
  return items.findLast(({ value }) => counts.get(value) === most)?.value;
}

function nextComingOrGoing(
  items: readonly Item[],
  sliding: Sliding,
  now: EpochMs,
): EpochMs | undefined {
  const current = sliding.bucketOf(now);
  if (items.length > 0 && sliding.goesBack(now)) {
    return sliding.reaches(current + 1, now);
  }
  let next: number | undefined;
  for (const { at } of items) {
    const bucket = sliding.bucketOf(at);
    if (bucket > current) {
      next = earlier(next, bucket);
    } else if (bucket >= current - sliding.back) {
      next = earlier(next, bucket + sliding.back + 1);
    }
  }
  return next === undefined ? undefined : sliding.reaches(next, now);
}
