import type { SiteEvent } from '@tenth/model/event.ts';
import type { EventMatch } from '@tenth/model/event-match.ts';
import type { Json } from '@tenth/model/json.ts';
import type { Aggregate } from '../aggregate/compile-aggregate.ts';
import { readEvent } from '../evaluate/event-match.ts';
import { folded } from '../evaluate/value-test.ts';
import { EventIndex } from './event-index.ts';

/** Aggregates of one event key that ask for one of some values at a path of the event. */
interface ByValue<Item> {
  readonly path: string;
  readonly items: ReadonlyMap<Json, readonly Item[]>;
}

interface Listeners<Item> {
  /** Every event of the key is theirs. */
  readonly always: readonly Item[];
  readonly checked: readonly Item[];
  readonly byValue: readonly ByValue<Item>[];
}

/**
 * Aggregates by the events that can concern them: by key, and those that ask for certain values (`is`,
 * `in`) by these. A thousand of them, each for one category, cost an event no more than its own category's.
 */
export class AggregateIndex<Item extends Aggregate> {
  readonly #byKey = new EventIndex<Item>();
  readonly #listeners = new Map<readonly Item[], Listeners<Item>>();

  constructor(aggregates: Iterable<Item>) {
    for (const aggregate of aggregates) {
      this.#byKey.add(aggregate.key, aggregate);
    }
  }

  /** All aggregates that the event matches, each once. */
  matching(event: SiteEvent): readonly Item[] {
    const ofKey = this.#byKey.get(event);
    if (ofKey.length === 0) {
      return ofKey;
    }
    const { always, checked, byValue } = this.#listenersOf(ofKey);
    if (checked.length === 0 && byValue.length === 0) {
      return always;
    }
    const found = always.slice();
    addMatching(found, checked, event);
    for (const { path, items } of byValue) {
      const value = readEvent(event, path);
      if (Array.isArray(value)) {
        // Some aggregate may ask for several of the list's values.
        const asking = new Set(value.flatMap((member) => items.get(folded(member)) ?? []));
        addMatching(found, [...asking], event);
      } else if (value !== undefined && value !== null) {
        const asking = items.get(folded(value));
        if (asking !== undefined) {
          addMatching(found, asking, event);
        }
      }
    }
    return found;
  }

  #listenersOf(ofKey: readonly Item[]): Listeners<Item> {
    let listeners = this.#listeners.get(ofKey);
    if (listeners === undefined) {
      listeners = sortListeners(ofKey);
      this.#listeners.set(ofKey, listeners);
    }
    return listeners;
  }
}

function addMatching<Item extends Aggregate>(
  found: Item[],
  items: readonly Item[],
  event: SiteEvent,
): void {
  for (const item of items) {
    if (item.matches(event)) {
      found.push(item);
    }
  }
}

function sortListeners<Item extends Aggregate>(aggregates: readonly Item[]): Listeners<Item> {
  const always: Item[] = [];
  const checked: Item[] = [];
  const byPath = new Map<string, Map<Json, Item[]>>();
  for (const aggregate of aggregates) {
    const asked = askedValues(aggregate.event);
    if (asked === undefined) {
      (aggregate.isUnconditional ? always : checked).push(aggregate);
      continue;
    }
    const items = byPath.get(asked.path) ?? new Map<Json, Item[]>();
    byPath.set(asked.path, items);
    for (const value of new Set(asked.values.map(folded))) {
      const found = items.get(value);
      if (found === undefined) {
        items.set(value, [aggregate]);
      } else {
        found.push(aggregate);
      }
    }
  }
  return { always, checked, byValue: [...byPath].map(([path, items]) => ({ path, items })) };
}

/** The first filter that names the values it lets through. */
function askedValues({
  where = [],
}: EventMatch): { readonly path: string; readonly values: readonly Json[] } | undefined {
  for (const { path, test } of where) {
    if (test.op === 'is') {
      return { path, values: [test.value] };
    }
    if (test.op === 'in') {
      return { path, values: test.values };
    }
  }
  return undefined;
}
