import { affinityDimensions } from '@tenth/model/measure.ts';
import type { Affinity, Profile, Trait } from '@tenth/model/profile.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { Inputs, PlainInput } from '../evaluate/inputs.ts';
import type { Leaf } from '../evaluate/leaf.ts';
import type { Moment } from '../evaluate/moment.ts';
import type { CompiledSegment } from './plan.ts';

/** What became different in a profile, as far as conditions read it. */
export interface ProfileChange {
  /** The person before and after, as of one and the same time. */
  readonly before: Moment;
  readonly after: Moment;
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

/** Segments by the values that their conditions read. */
export interface SegmentIndex {
  /** Those that time alone can change. */
  readonly timed: readonly CompiledSegment[];
  /** Those that differ between people of whom nothing is known yet: by their id, or by the hour. */
  readonly personal: readonly CompiledSegment[];
  /**
   * Looks at each segment that a change can make different, and at each of `others`, once: those in
   * which some test of a value comes out differently, or may change by time sooner than is known.
   */
  lookAtConcerned(
    change: ProfileChange,
    others: readonly CompiledSegment[],
    looker: SegmentLooker,
  ): void;
}

/** Who looks at the segments that are found. */
export interface SegmentLooker {
  /** No segment that has been looked at, or need not be, changes by time alone before. */
  readonly dueAt: EpochMs | undefined;
  look(segment: CompiledSegment): void;
}

/** Of so many keys that segments ask for each is looked up; of more, each that the person has. */
const MOST_KEYS_ASKED = 50;

type Segments = readonly CompiledSegment[];

/** A value that conditions read, and what they ask of it. */
interface Value {
  readonly ordinal: number;
  readonly leaf: Leaf;
  readonly isTimed: boolean;
  readonly tests: readonly TestOfValue[];
}

interface TestOfValue {
  readonly leaf: Leaf;
  readonly segments: Segments;
}

export function createSegmentIndex(segments: Segments): SegmentIndex {
  const values = valuesOf(segments);
  const plain = listed(values, ({ plain }) => plain);
  const aggregates = listed(values, (inputs) => inputs.aggregates);
  const traits = listed(values, (inputs) => inputs.traits);
  const affinities = affinityDimensions.map((dimension) => ({
    dimension,
    byKey: listed(values, (inputs) => inputs.affinities.get(dimension) ?? []),
  }));
  // The round in which each segment and each value was last looked at, by its ordinal.
  const segmentRounds = new Uint32Array(segments.length);
  const valueRounds = new Uint32Array(values.length);
  let round = 0;

  const lookAt = (found: Segments, looker: SegmentLooker): void => {
    for (const segment of found) {
      if (segmentRounds[segment.ordinal] !== round) {
        segmentRounds[segment.ordinal] = round;
        looker.look(segment);
      }
    }
  };

  const compare = (value: Value, { before, after }: ProfileChange, looker: SegmentLooker): void => {
    const was = value.leaf.read(before);
    const is = value.leaf.read(after);
    if (was === is && !value.isTimed) {
      return;
    }
    const { now } = after;
    for (const { leaf, segments: asking } of value.tests) {
      if (was !== is && leaf.passes(was, now) !== leaf.passes(is, now)) {
        lookAt(asking, looker);
      } else if (leaf.nextChange !== undefined) {
        const next = leaf.nextChange(after);
        if (next !== undefined && (looker.dueAt === undefined || next < looker.dueAt)) {
          lookAt(asking, looker);
        }
      }
    }
  };

  return {
    timed: segments.filter(({ condition }) => condition.isTimed),
    personal: segments.filter(({ condition: { inputs } }) => {
      return inputs.plain.has('id') || inputs.plain.has('clock');
    }),
    lookAtConcerned: (change, others, looker) => {
      round = round === 0xffffffff ? 1 : round + 1;
      lookAt(others, looker);
      const compareAll = (found: readonly Value[] | undefined): void => {
        if (found === undefined) {
          return;
        }
        for (const value of found) {
          if (valueRounds[value.ordinal] !== round) {
            valueRounds[value.ordinal] = round;
            compare(value, change, looker);
          }
        }
      };
      for (const { id } of change.aggregates) {
        compareAll(aggregates.get(id));
      }
      for (const input of change.plain) {
        compareAll(plain.get(input));
      }
      if (change.traits.before !== change.traits.after) {
        for (const name of changedTraits(change.traits)) {
          compareAll(traits.get(name));
        }
      }
      if (change.affinities.before !== change.affinities.after) {
        for (const { dimension, byKey } of affinities) {
          const before = change.affinities.before[dimension];
          const after = change.affinities.after[dimension];
          if (before !== after && after !== undefined) {
            for (const key of concernedKeys(byKey, before, after)) {
              compareAll(byKey.get(key));
            }
          }
        }
      }
    },
  };
}

/** Every value that is read, once, with every test of it, once. */
function valuesOf(segments: Segments): readonly Value[] {
  const values = new Map<string, Map<string, { leaf: Leaf; segments: CompiledSegment[] }>>();
  for (const segment of segments) {
    for (const leaf of new Map(segment.condition.parts.map((part) => [part.key, part])).values()) {
      const tests = values.get(leaf.valueKey) ?? new Map();
      values.set(leaf.valueKey, tests);
      const known = tests.get(leaf.key);
      if (known === undefined) {
        tests.set(leaf.key, { leaf, segments: [segment] });
      } else {
        known.segments.push(segment);
      }
    }
  }
  return [...values.values()].flatMap((byKey, ordinal) => {
    const tests = [...byKey.values()];
    const [first] = tests;
    return first === undefined
      ? []
      : [
          {
            ordinal,
            leaf: first.leaf,
            isTimed: tests.some(({ leaf }) => leaf.nextChange !== undefined),
            tests,
          },
        ];
  });
}

function listed<Key>(
  values: readonly Value[],
  keysOf: (inputs: Inputs) => Iterable<Key>,
): ReadonlyMap<Key, readonly Value[]> {
  const lists = new Map<Key, Value[]>();
  for (const value of values) {
    for (const key of keysOf(value.leaf.inputs)) {
      const list = lists.get(key);
      if (list === undefined) {
        lists.set(key, [value]);
      } else {
        list.push(value);
      }
    }
  }
  return lists;
}

function changedTraits({
  before,
  after,
}: Pair<Readonly<Record<string, Trait>>>): readonly string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}

/** With the first interest in a dimension all shares become known; then only those of known keys move. */
function concernedKeys(
  byKey: ReadonlyMap<string, unknown>,
  before: Affinity | undefined,
  after: Affinity,
): Iterable<string> {
  if (before === undefined) {
    return byKey.keys();
  }
  // What was forgotten for something stronger has moved, too.
  if (byKey.size <= MOST_KEYS_ASKED) {
    const keys: string[] = [];
    for (const key of byKey.keys()) {
      if (after.keys[key] !== undefined || before.keys[key] !== undefined) {
        keys.push(key);
      }
    }
    return keys;
  }
  return [
    ...Object.keys(after.keys),
    ...Object.keys(before.keys).filter((key) => after.keys[key] === undefined),
  ];
}
