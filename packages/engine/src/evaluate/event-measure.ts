import { AMOUNT_STEPS, type NumberMeasure } from '@tenth/model/measure.ts';
import type { Scalar } from '@tenth/model/profile.ts';
import type { Window } from '@tenth/model/window.ts';
import type { AggregateDefinition } from '../aggregate/compile-aggregate.ts';
import { readItems } from '../aggregate/items.ts';
import { slidingOf } from '../aggregate/sliding.ts';
import { latestAt, stateAt, timesAt } from './aggregate-reading.ts';
import { type CompiledMeasure, timeless } from './compiled-measure.ts';
import type { ConditionScope } from './condition-scope.ts';
import { daysSince, daysSinceNextChange } from './days-since.ts';
import { describeMatch } from './event-match.ts';
import { aggregateInputs } from './inputs.ts';
import {
  type BucketFigure,
  bucketFigures,
  readSliding,
  readWhole,
  slidingNextChange,
} from './sliding-figure.ts';

type Of<Kind extends NumberMeasure['kind']> = Extract<NumberMeasure, { kind: Kind }>;
type Bound = Exclude<Window, { kind: 'since_event' }>;

const ever = { kind: 'ever' } as const;

export function eventCountMeasure(
  { event, window }: Of<'event_count'>,
  scope: ConditionScope,
): CompiledMeasure {
  const text = `count of ${describeMatch(event)} (${window.kind})`;
  if (window.kind !== 'since_event') {
    return bucketMeasure(text, { kind: 'count', event, window }, bucketFigures.count, scope);
  }
  const times = scope.aggregate({ kind: 'times', event, window: ever });
  const anchor = scope.aggregate({ kind: 'latest', event: window.event, window: ever });
  return timeless(text, aggregateInputs([times, anchor]), (moment) => {
    const since = latestAt(anchor, moment);
    return since === undefined ? 0 : countAfter(timesAt(times, moment), since);
  });
}

function countAfter(times: readonly number[], since: number): number {
  let place = times.length;
  while (place > 0 && (times[place - 1] ?? 0) > since) {
    place -= 1;
  }
  return times.length - place;
}

export function eventNumberMeasure(
  { event, property, measure, window }: Of<'event_number'>,
  scope: ConditionScope,
): CompiledMeasure {
  const text = `${measure} of ${property} of ${describeMatch(event)} (${window.kind})`;
  const figure = bucketFigures[measure];
  if (window.kind !== 'since_event') {
    return bucketMeasure(text, { kind: figure.kind, event, property, window }, figure, scope);
  }
  const items = scope.aggregate({
    kind: measure === 'distinct' ? 'items' : 'amounts',
    event,
    property,
    window: ever,
  });
  const anchor = scope.aggregate({ kind: 'latest', event: window.event, window: ever });
  return timeless(text, aggregateInputs([items, anchor]), (moment) => {
    const since = latestAt(anchor, moment) ?? Number.POSITIVE_INFINITY;
    const values = readItems(stateAt(items, moment)).flatMap(({ at, value }) =>
      at > since ? [value] : [],
    );
    return figureOf(measure, values);
  });
}

/** @param values Steps, but for `distinct`. */
function figureOf(
  measure: Of<'event_number'>['measure'],
  values: readonly Scalar[],
): number | undefined {
  if (measure === 'distinct') {
    return new Set(values).size;
  }
  const steps = values.map(Number);
  const sum = steps.reduce((total, one) => total + one, 0);
  if (measure === 'sum') {
    return sum / AMOUNT_STEPS;
  }
  if (steps.length === 0) {
    return undefined;
  }
  if (measure === 'mean') {
    return sum / steps.length / AMOUNT_STEPS;
  }
  return (measure === 'min' ? Math.min(...steps) : Math.max(...steps)) / AMOUNT_STEPS;
}

function bucketMeasure(
  text: string,
  definition: AggregateDefinition & { readonly window: Bound },
  figure: BucketFigure,
  scope: ConditionScope,
): CompiledMeasure {
  const aggregate = scope.aggregate(definition);
  const inputs = aggregateInputs([aggregate]);
  const sliding = slidingOf(definition.window, scope.clock);
  if (sliding === undefined) {
    return timeless(
      text,
      inputs,
      figure === bucketFigures.count
        ? // A count without buckets is by far the most frequent of all.
          (moment) => Number(stateAt(aggregate, moment)?.[1] ?? 0)
        : (moment) => readWhole(stateAt(aggregate, moment), figure),
    );
  }
  return {
    ...timeless(text, inputs, (moment) =>
      readSliding(stateAt(aggregate, moment), figure, sliding, moment.now),
    ),
    nextChange: (moment, use) =>
      slidingNextChange(stateAt(aggregate, moment), figure, sliding, moment.now, use),
  };
}

export function recencyMeasure({ event }: Of<'recency'>, scope: ConditionScope): CompiledMeasure {
  const latest = scope.aggregate({ kind: 'latest', event, window: ever });
  return {
    ...timeless(
      `days since the last ${describeMatch(event)}`,
      aggregateInputs([latest]),
      (moment) => daysSince(latestAt(latest, moment), moment.now),
    ),
    nextChange: (moment, use) => daysSinceNextChange(latestAt(latest, moment), moment.now, use),
  };
}

/** Reads the days of a count over as many days, so that both share one aggregate. */
export function activeDaysMeasure(
  { event, days }: Of<'active_days'>,
  scope: ConditionScope,
): CompiledMeasure {
  const window = { kind: 'last_days', days } as const;
  const counts = scope.aggregate({ kind: 'count', event, window });
  const { clock } = scope;
  const sliding = {
    back: days - 1,
    bucketOf: clock.dayOf,
    reaches: clock.reaches,
    goesBack: clock.goesBack,
  };
  return {
    ...timeless(
      `days with ${describeMatch(event)} (last ${days})`,
      aggregateInputs([counts]),
      (moment) => readSliding(stateAt(counts, moment), bucketFigures.buckets, sliding, moment.now),
    ),
    nextChange: (moment, use) =>
      slidingNextChange(stateAt(counts, moment), bucketFigures.buckets, sliding, moment.now, use),
  };
}
