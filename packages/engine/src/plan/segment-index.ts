import type { AffinityDimension } from '@tenth/model/measure.ts';
import type { Affinity, Profile, Trait } from '@tenth/model/profile.ts';
import type { PlainInput } from '../evaluate/inputs.ts';
import type { CompiledSegment } from './plan.ts';

/** What became different in a profile, as far as conditions read it. */
export interface ProfileChange {
  readonly plain: readonly PlainInput[];
  /** Those with another state. */
  readonly aggregates: readonly { readonly id: string }[];
  readonly traits: Pair<Profile['traits']>;
  readonly affinities: Pair<Profile['affinities']>;
}

/** Both the same object where nothing changed. */
export interface Pair<Value> {
  readonly before: Value;
  readonly after: Value;
}

/** Segments by what their conditions read. */
export class SegmentIndex {
  /** Those that time alone can change. */
  readonly timed: readonly CompiledSegment[];
  /** Those that differ between people of whom nothing is known yet: by their id, or by the hour. */
  readonly personal: readonly CompiledSegment[];
  readonly #plain = new Map<PlainInput, CompiledSegment[]>();
  readonly #aggregates = new Map<string, CompiledSegment[]>();
  readonly #traits = new Map<string, CompiledSegment[]>();
  readonly #affinities = new Map<AffinityDimension, Map<string, CompiledSegment[]>>();
  /** The round in which each segment was last looked at, by its ordinal. */
  readonly #rounds: Uint32Array;
  #round = 0;

  constructor(segments: readonly CompiledSegment[]) {
    this.timed = segments.filter(({ condition }) => condition.isTimed);
    this.personal = segments.filter(({ condition: { inputs } }) =>
      ['id', 'clock'].some((input) => inputs.plain.has(input as PlainInput)),
    );
    this.#rounds = new Uint32Array(segments.length);
    for (const segment of segments) {
      this.#add(segment);
    }
  }

  #add(segment: CompiledSegment): void {
    const { plain, aggregates, traits, affinities } = segment.condition.inputs;
    for (const input of plain) {
      push(this.#plain, input, segment);
    }
    for (const id of aggregates) {
      push(this.#aggregates, id, segment);
    }
    for (const name of traits) {
      push(this.#traits, name, segment);
    }
    for (const [dimension, keys] of affinities) {
      const byKey = this.#affinities.get(dimension) ?? new Map<string, CompiledSegment[]>();
      this.#affinities.set(dimension, byKey);
      for (const key of keys) {
        push(byKey, key, segment);
      }
    }
  }

  /** Looks at each segment that a change can concern, and at each of `others`, once. */
  lookAtConcerned(
    change: ProfileChange,
    others: readonly CompiledSegment[],
    looker: SegmentLooker,
  ): void {
    this.#round = this.#round === 0xffffffff ? 1 : this.#round + 1;
    this.#lookAt(others, looker);
    for (const { id } of change.aggregates) {
      this.#lookAt(this.#aggregates.get(id), looker);
    }
    for (const input of change.plain) {
      this.#lookAt(this.#plain.get(input), looker);
    }
    if (change.traits.before !== change.traits.after) {
      for (const name of changedTraits(change.traits)) {
        this.#lookAt(this.#traits.get(name), looker);
      }
    }
    if (change.affinities.before !== change.affinities.after) {
      for (const [dimension, byKey] of this.#affinities) {
        const before = change.affinities.before[dimension];
        const after = change.affinities.after[dimension];
        if (before !== after && after !== undefined) {
          this.#lookAtAffinities(byKey, before, after, looker);
        }
      }
    }
  }

  #lookAt(segments: readonly CompiledSegment[] | undefined, looker: SegmentLooker): void {
    if (segments === undefined) {
      return;
    }
    const rounds = this.#rounds;
    const round = this.#round;
    for (const segment of segments) {
      if (rounds[segment.ordinal] !== round) {
        rounds[segment.ordinal] = round;
        looker.look(segment);
      }
    }
  }

  /** With the first interest in a dimension all shares become known; then only those of known keys move. */
  #lookAtAffinities(
    byKey: ReadonlyMap<string, readonly CompiledSegment[]>,
    before: Affinity | undefined,
    after: Affinity,
    looker: SegmentLooker,
  ): void {
    if (byKey.size <= MOST_KEYS_ASKED || before === undefined) {
      for (const [key, segments] of byKey) {
        if (
          before === undefined ||
          after.keys[key] !== undefined ||
          before.keys[key] !== undefined
        ) {
          this.#lookAt(segments, looker);
        }
      }
      return;
    }
    for (const key in after.keys) {
      this.#lookAt(byKey.get(key), looker);
    }
    // A key that was forgotten for a stronger one.
    for (const key in before.keys) {
      if (after.keys[key] === undefined) {
        this.#lookAt(byKey.get(key), looker);
      }
    }
  }
}

/** Of so many keys that segments ask for each is looked up; of more, each that the person has. */
const MOST_KEYS_ASKED = 50;

/** Who looks at the segments that are found. */
export interface SegmentLooker {
  look(segment: CompiledSegment): void;
}

function push<Key>(map: Map<Key, CompiledSegment[]>, key: Key, segment: CompiledSegment): void {
  const found = map.get(key);
  if (found === undefined) {
    map.set(key, [segment]);
  } else {
    found.push(segment);
  }
}

function changedTraits({
  before,
  after,
}: Pair<Readonly<Record<string, Trait>>>): readonly string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}
