import type { JsonObject } from '@tenth/model/json.ts';

/** A record of the source: a message to send, or why there is none. */
export type SourceLine = SourcePlace &
  (
    | { readonly kind: 'message'; readonly message: JsonObject }
    | { readonly kind: 'refused'; readonly field: string; readonly reason: string }
  );

export interface SourcePlace {
  /** Line on which the record ends, from 1. */
  readonly line: number;
  /** Byte after the record. */
  readonly endOffset: number;
  /**
   * The file ended before it was certain that the record did: a later run, which may find the file
   * longer, has to begin with it again.
   */
  readonly mayGrow: boolean;
  /** The record as it stands in the file. */
  readonly raw: string;
}

const MAX_RAW_CHARS = 1_000;

/** The beginning of a record that is broken, enough to find it by. */
export function cappedRaw(raw: string): string {
  return raw.slice(0, MAX_RAW_CHARS);
}

/** A place between two records. */
export interface ReadFrom {
  readonly path: string;
  readonly offset: number;
  /** Lines before it. */
  readonly line: number;
}

/** What a record becomes, apart from its place. */
export type Reading =
  | { readonly kind: 'message'; readonly message: JsonObject }
  | { readonly kind: 'refused'; readonly field: string; readonly reason: string };

export function refused(field: string, reason: string): Reading {
  return { kind: 'refused', field, reason };
}
