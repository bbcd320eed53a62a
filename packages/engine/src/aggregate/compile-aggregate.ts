import { unreachable } from '@tenth/model/brand.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { EventMatch } from '@tenth/model/event-match.ts';
import type { AggregateState } from '@tenth/model/profile.ts';
import type { Window } from '@tenth/model/window.ts';
import {
  compileEventMatch,
  type EventTest,
  keyOfMatch,
  readEvent,
} from '../evaluate/event-match.ts';
import { hashLetters } from '../hash.ts';
import { interned } from '../interned.ts';
import type { LocalClock } from '../local-time.ts';
import { murmur3 } from '../murmur3.ts';
import { partOf } from './aggregates.ts';
import { addToBuckets, shapes } from './buckets.ts';
import { addToDistinct } from './distinct.ts';
import { scalarOf, stepsOf } from './event-value.ts';
import { addToItems, earlierItem, laterItem, stateOf } from './items.ts';
import { type AggregateKind, aggregateId } from './kind.ts';
import { slidingOf } from './sliding.ts';
import { addToTimes, laterTime } from './times.ts';

/** Which events are aggregated, how, and over what. */
export interface AggregateDefinition {
  readonly kind: AggregateKind;
  readonly event: EventMatch;
  /** Path into the event; for the kinds that aggregate a value. */
  readonly property?: string;
  /** What is read of the state later may reach less far. */
  readonly window: Exclude<Window, { kind: 'since_event' }>;
}

/** An aggregate of some events, as the plan compiles it. Equal definitions share one. */
export interface Aggregate {
  /** A hash of the definition, so that it stays the same from plan to plan; see `aggregateId`. */
  readonly id: string;
  /** Where its state is filed: the first character of the id. */
  readonly part: string;
  /** Event key it listens to; see `keyOfMatch`. */
  readonly key: string;
  readonly event: EventMatch;
  /** Aggregated for each session anew, not over the whole history. */
  readonly isOfSession: boolean;
  /** Every event of the key matches. */
  readonly isUnconditional: boolean;
  readonly matches: EventTest;
  /** The state after a matching event; the same one where the event adds nothing. */
  add(state: AggregateState | undefined, event: SiteEvent): AggregateState | undefined;
}

export function compileAggregate(definition: AggregateDefinition, clock: LocalClock): Aggregate {
  const { kind, event, property, window } = definition;
  const hash = hashLetters(
    JSON.stringify([
      kind,
      [event.type, event.name ?? null, event.where ?? []],
      property ?? null,
      window,
    ]),
  );
  const sliding = slidingOf(window, clock);
  const matches = compileEventMatch(event);
  const id = interned(aggregateId(hash, kind, sliding?.back ?? 0));
  return {
    id,
    part: partOf(id),
    key: keyOfMatch(event),
    event,
    isOfSession: window.kind === 'session',
    isUnconditional:
      window.kind !== 'between' &&
      (event.where ?? []).length === 0 &&
      // Of all track events those that Tenth makes itself are left out.
      (event.type === 'track') === (event.name !== undefined),
    matches: window.kind === 'between' ? within(window, matches) : matches,
    add: adder(definition, sliding?.back ?? 0, sliding?.bucketOf ?? (() => 0)),
  };
}

function within({ from, to }: Extract<Window, { kind: 'between' }>, matches: EventTest): EventTest {
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return (event) => event.at >= start && event.at < end && matches(event);
}

function adder(
  { kind, property = '' }: AggregateDefinition,
  back: number,
  bucketOf: (at: number) => number,
): Aggregate['add'] {
  const scalarIn = (event: SiteEvent) => scalarOf(readEvent(event, property));
  const stepsIn = (event: SiteEvent) => stepsOf(readEvent(event, property));
  switch (kind) {
    case 'count':
      return (state, { at }) => addToBuckets(state, [bucketOf(at), 1], shapes.count, back);
    case 'sum':
      return taking(stepsIn, (state, steps, { at }) =>
        addToBuckets(state, [bucketOf(at), 1, steps], shapes.sum, back),
      );
    case 'min':
    case 'max':
      return taking(stepsIn, (state, steps, { at }) =>
        addToBuckets(state, [bucketOf(at), steps], shapes[kind], back),
      );
    case 'distinct':
      return taking(scalarIn, (state, value, { at }) =>
        addToDistinct(state, bucketOf(at), value, back),
      );
    case 'times':
      return (state, { at }) => addToTimes(state, at);
    case 'latest':
      return (state, { at }) => (state === undefined ? [at] : laterTime(state, [at]));
    case 'items':
      return taking(scalarIn, (state, value, event) => addToItems(state, itemOf(event, value)));
    case 'amounts':
      return taking(stepsIn, (state, steps, event) => addToItems(state, itemOf(event, steps)));
    case 'first':
    case 'last': {
      const chosen = kind === 'first' ? earlierItem : laterItem;
      return taking(scalarIn, (state, value, event) => {
        const added = stateOf(itemOf(event, value));
        return state === undefined ? added : chosen(state, added);
      });
    }
    default:
      return unreachable(kind);
  }
}

/** An event without the value takes no part. */
function taking<Value>(
  read: (event: SiteEvent) => Value | undefined,
  add: (state: AggregateState | undefined, value: Value, event: SiteEvent) => AggregateState,
): Aggregate['add'] {
  return (state, event) => {
    const value = read(event);
    return value === undefined ? state : add(state, value, event);
  };
}

function itemOf<Value extends string | number | boolean>(event: SiteEvent, value: Value) {
  return { at: event.at, tie: murmur3(event.messageId), value };
}
