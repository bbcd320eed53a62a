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
  /** Byte after the record, from which reading can go on; undefined where its end is not certain. */
  readonly endOffset: number | undefined;
  /** The record as it stands in the file. */
  readonly raw: string;
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
