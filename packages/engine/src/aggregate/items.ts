import { MOST_KEPT } from '@tenth/model/measure.ts';
import type { AggregateState, Scalar } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** Time, tie, value. */
const WIDTH = 3;

/** An event's value of one property. Items are in order of time, then tie, then the value's JSON. */
export interface Item {
  readonly at: EpochMs;
  readonly tie: number;
  readonly value: Scalar;
}

export function itemAt(state: AggregateState, index: number): Item | undefined {
  const value = state[index * WIDTH + 2];
  return value === undefined
    ? undefined
    : { at: Number(state[index * WIDTH]), tie: Number(state[index * WIDTH + 1]), value };
}

/** All items of a state, rising. */
export function readItems(state: AggregateState | undefined): readonly Item[] {
  const items: Item[] = [];
  for (let index = 0; index * WIDTH < (state?.length ?? 0); index += 1) {
    const item = itemAt(state ?? [], index);
    if (item !== undefined) {
      items.push(item);
    }
  }
  return items;
}

/** Adds an item to the latest 50. @returns The same state where the item comes before all of them. */
export function addToItems(state: AggregateState | undefined, item: Item): AggregateState {
  const entry = stateOf(item);
  if (state === undefined) {
    return entry;
  }
  let place = state.length / WIDTH;
  while (place > 0 && isBefore(item, itemAt(state, place - 1))) {
    place -= 1;
  }
  const isFull = state.length >= MOST_KEPT * WIDTH;
  if (isFull && place === 0) {
    return state;
  }
  return [
    ...state.slice(isFull ? WIDTH : 0, place * WIDTH),
    ...entry,
    ...state.slice(place * WIDTH),
  ];
}

export function mergeItems(left: AggregateState, right: AggregateState): AggregateState {
  return [...readItems(left), ...readItems(right)]
    .sort((one, other) => (isBefore(one, other) ? -1 : 1))
    .slice(-MOST_KEPT)
    .flatMap(stateOf);
}

/** The earlier of two `first` states; the same one where they are equal. */
export function earlierItem(left: AggregateState, right: AggregateState): AggregateState {
  const [ours, theirs] = [itemAt(left, 0), itemAt(right, 0)];
  return theirs !== undefined && isBefore(theirs, ours) ? right : left;
}

/** The later of two `last` states. */
export function laterItem(left: AggregateState, right: AggregateState): AggregateState {
  const [ours, theirs] = [itemAt(left, 0), itemAt(right, 0)];
  return ours !== undefined && isBefore(ours, theirs) ? right : left;
}

export function stateOf({ at, tie, value }: Item): AggregateState {
  return [at, tie, value];
}

/** An item that is not there comes before none. */
function isBefore(left: Item, right: Item | undefined): boolean {
  if (right === undefined) {
    return false;
  }
  if (left.at !== right.at) {
    return left.at < right.at;
  }
  return left.tie === right.tie
    ? JSON.stringify(left.value) < JSON.stringify(right.value)
    : left.tie < right.tie;
}
