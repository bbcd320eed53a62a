import type { Kysely } from 'kysely';
import type { BreakerState } from '../breaker.ts';
import type { Database } from './schema.ts';

/**
 * What a statement may bind. A list of numbers is bound as `bigint[]`, of strings as `text[]`, so the
 * SQL casts to those. JSON is bound as text and cast in the SQL.
 */
export type BoundValue = string | number | bigint | boolean | null | Uint8Array | BoundList;
export type BoundList = readonly (string | null)[] | readonly number[];

export interface Statement {
  readonly sql: string;
  readonly values: readonly BoundValue[];
  /** How many rows it must change; another number rolls the whole script back. */
  readonly mustChange?: number;
}

export type ScriptOutcome =
  /** With the rows that the last statement returned. */
  | { readonly kind: 'done'; readonly rows: readonly Readonly<Record<string, unknown>>[] }
  /** Nothing was changed: the statement at `at` changed `changed` rows instead of its `mustChange`. */
  | { readonly kind: 'mismatch'; readonly at: number; readonly changed: number };

/** PostgreSQL, embedded or served. Only this connection differs between the two. */
export interface PostgresConnection {
  readonly kind: 'embedded' | 'served';
  readonly db: Kysely<Database>;
  /** Runs fixed statements in one transaction; embedded, in one message to the worker. */
  runScript(statements: readonly Statement[]): Promise<ScriptOutcome>;
  /** Runs one statement, prepared once a connection. */
  read<Row>(sql: string, values: readonly BoundValue[]): Promise<readonly Row[]>;
  /** Connections in use; a connection of the process's own has none. */
  pool?(): { readonly total: number; readonly idle: number; readonly waiting: number };
  /** Whether callers are let through to a server that others own; see `breaker.ts`. */
  breaker?(): BreakerState['kind'];
  close(): Promise<void>;
}

/** SQLSTATE of an error of either driver; undefined for a lost connection and the like. */
export function sqlStateOf(error: unknown): string | undefined {
  if (typeof error === 'object' && error !== null && 'code' in error) {
    return typeof error.code === 'string' ? error.code : undefined;
  }
  return undefined;
}

/** SQLSTATE serialization_failure and deadlock_detected. */
const LOST_TO_ANOTHER = new Set(['40001', '40P01']);

/** Rolled back for the sake of another transaction: worth another try as it is. */
export function isLostToAnother(error: unknown): boolean {
  return LOST_TO_ANOTHER.has(sqlStateOf(error) ?? '');
}
