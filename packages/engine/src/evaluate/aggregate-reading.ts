import type { AggregateState } from '@tenth/model/profile.ts';
import { readAggregate } from '../aggregate/aggregates.ts';
import { asNumbers } from '../aggregate/buckets.ts';
import type { Aggregate } from '../aggregate/compile-aggregate.ts';
import type { Moment } from './moment.ts';

const none: readonly number[] = [];

/** An aggregate's state: of the whole history, or of the session of the device looked at. */
export function stateAt(
  { id, part, isOfSession }: Aggregate,
  moment: Moment,
): AggregateState | undefined {
  return readAggregate(
    isOfSession ? moment.device.session.aggregates : moment.profile.aggregates,
    id,
    part,
  );
}

/** The times that a `times` aggregate keeps, rising. */
export function timesAt(aggregate: Aggregate, moment: Moment): readonly number[] {
  const state = stateAt(aggregate, moment);
  return state === undefined ? none : asNumbers(state);
}

/** The time that a `latest` aggregate keeps. */
export function latestAt(aggregate: Aggregate, moment: Moment): number | undefined {
  return timesAt(aggregate, moment)[0];
}
