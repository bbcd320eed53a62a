import { isSegmentEvent, type SiteEvent, segmentEvents } from '@tenth/model/event.ts';
import { ANY_TRACK } from '../evaluate/event-match.ts';

const nothing: readonly never[] = [];
const TRACK = 'track:';

/** Items by the key of the events that concern them. Items come in the order they were first added. */
export class EventIndex<Item> {
  readonly #keysByItem = new Map<Item, Set<string>>();
  #built: Built<Item> | undefined;

  add(key: string, item: Item): void {
    const keys = this.#keysByItem.get(item) ?? new Set();
    this.#keysByItem.set(item, keys.add(key));
    this.#built = undefined;
  }

  get({ type, name }: Pick<SiteEvent, 'type' | 'name'>): readonly Item[] {
    this.#built ??= build(this.#keysByItem);
    return type === 'track'
      ? (this.#built.tracks.get(name) ?? this.#built.anyTrack)
      : (this.#built.types.get(type) ?? nothing);
  }
}

/** By the name of a track event and by other types, so that no key is put together for an event. */
interface Built<Item> {
  readonly tracks: ReadonlyMap<string, readonly Item[]>;
  readonly anyTrack: readonly Item[];
  readonly types: ReadonlyMap<string, readonly Item[]>;
}

/**
 * An item that hears every track event stands in the list of each track event's name: but not of those
 * that Tenth makes itself, which nobody did.
 */
function build<Item>(keysByItem: ReadonlyMap<Item, ReadonlySet<string>>): Built<Item> {
  const all = new Set([...keysByItem.values()].flatMap((keys) => [...keys]));
  all.delete(ANY_TRACK);
  for (const name of Object.values(segmentEvents)) {
    // With lists of their own, so that who hears every track event does not hear these.
    all.add(`${TRACK}${name}`);
  }
  const tracks = new Map<string, Item[]>();
  const types = new Map<string, Item[]>();
  for (const key of all) {
    if (key.startsWith(TRACK)) {
      tracks.set(key.slice(TRACK.length), []);
    } else {
      types.set(key, []);
    }
  }
  const anyTrack: Item[] = [];
  for (const [item, keys] of keysByItem) {
    const hearsAll = keys.has(ANY_TRACK);
    if (hearsAll) {
      anyTrack.push(item);
      for (const [name, items] of tracks) {
        if (!isSegmentEvent({ type: 'track', name }) || keys.has(`${TRACK}${name}`)) {
          items.push(item);
        }
      }
    }
    for (const key of keys) {
      if (!key.startsWith(TRACK)) {
        types.get(key)?.push(item);
      } else if (!hearsAll) {
        tracks.get(key.slice(TRACK.length))?.push(item);
      }
    }
  }
  return { tracks, anyTrack, types };
}
