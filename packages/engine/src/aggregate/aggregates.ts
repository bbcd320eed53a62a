import type { AggregateState, Aggregates } from '@tenth/model/profile.ts';
import { mergeStates } from './kind.ts';

/** Nothing aggregated yet. */
export const noAggregates: Aggregates = {};

/** The part of the aggregates under which an id is filed. */
export function partOf(id: string): string {
  return id.charAt(0);
}

export function readAggregate(
  aggregates: Aggregates,
  id: string,
  part = partOf(id),
): AggregateState | undefined {
  return aggregates[part]?.[id];
}

/** A copy to which states are written; each part of the original is copied once. */
export class ChangedAggregates {
  readonly #before: Aggregates;
  #changed: Record<string, Record<string, AggregateState>> | undefined;

  constructor(before: Aggregates) {
    this.#before = before;
  }

  read(id: string, part = partOf(id)): AggregateState | undefined {
    return readAggregate(this.#changed ?? this.#before, id, part);
  }

  write(id: string, state: AggregateState, place = partOf(id)): void {
    // The parts that are not written to are still those of the original, and stay as they are.
    this.#changed ??= { ...this.#before } as Record<string, Record<string, AggregateState>>;
    const part = this.#changed[place];
    if (part === undefined) {
      this.#changed[place] = { [id]: state };
    } else if (part === this.#before[place]) {
      this.#changed[place] = { ...part, [id]: state };
    } else {
      part[id] = state;
    }
  }

  /** The original where nothing was written. */
  done(): Aggregates {
    return this.#changed ?? this.#before;
  }
}

/** Those with a known id; the same object where that is all of them. */
export function knownAggregates(
  aggregates: Aggregates,
  known: { has(id: string): boolean },
): Aggregates {
  const parts = Object.entries(aggregates);
  if (parts.every(([, part]) => Object.keys(part).every((id) => known.has(id)))) {
    return aggregates;
  }
  return Object.fromEntries(
    parts.flatMap(([place, part]) => {
      const kept = Object.entries(part).filter(([id]) => known.has(id));
      return kept.length === 0 ? [] : [[place, Object.fromEntries(kept)]];
    }),
  );
}

/** What both have seen. */
export function mergeAggregates(left: Aggregates, right: Aggregates): Aggregates {
  const merged = new ChangedAggregates(left);
  for (const part of Object.values(right)) {
    for (const [id, theirs] of Object.entries(part)) {
      const ours = merged.read(id);
      merged.write(id, ours === undefined ? theirs : mergeStates(ours, theirs, id));
    }
  }
  return merged.done();
}
