/** Names of segments by id, where they are at hand. */
export type SegmentNames = ReadonlyMap<string, string>;

/** What something with levels or values is called, and what these are. */
export interface NameWithValues {
  readonly name: string;
  readonly values: ReadonlyMap<string, string>;
}

/** Names by id of what else a condition may refer to; an id without one reads as itself. */
export interface ReferenceNames {
  readonly variables?: ReadonlyMap<string, NameWithValues>;
  readonly attributes?: ReadonlyMap<string, NameWithValues>;
  readonly lists?: ReadonlyMap<string, string>;
}

export interface ConditionNames extends ReferenceNames {
  readonly segments: SegmentNames;
}
