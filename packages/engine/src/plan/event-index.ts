import { ANY_TRACK } from '../evaluate/event-match.ts';

const nothing: readonly never[] = [];

/** Items by the key of the events that concern them. Items come in the order they were first added. */
export class EventIndex<Item> {
  readonly #keysByItem = new Map<Item, Set<string>>();
  #byKey: Map<string, Item[]> | undefined;

  add(key: string, item: Item): void {
    const keys = this.#keysByItem.get(item) ?? new Set();
    this.#keysByItem.set(item, keys.add(key));
    this.#byKey = undefined;
  }

  get(key: string, isTrack: boolean): readonly Item[] {
    this.#byKey ??= this.#built();
    return this.#byKey.get(key) ?? (isTrack ? this.#byKey.get(ANY_TRACK) : undefined) ?? nothing;
  }

  /** An item that hears every track event stands in the list of each track event's key. */
  #built(): Map<string, Item[]> {
    const byKey = new Map<string, Item[]>();
    for (const keys of this.#keysByItem.values()) {
      for (const key of keys) {
        byKey.set(key, []);
      }
    }
    for (const [item, keys] of this.#keysByItem) {
      for (const [key, items] of byKey) {
        if (keys.has(key) || (keys.has(ANY_TRACK) && key.startsWith('track:'))) {
          items.push(item);
        }
      }
    }
    return byKey;
  }
}
