import type { ScriptOutcome, Statement } from './connection.ts';
import type { WireValue } from './wire.ts';

/** A statement with its values as PostgreSQL's wire protocol takes them. */
export interface BoundStatement extends Omit<Statement, 'values'> {
  readonly values: readonly WireValue[];
}

/** What the main thread asks of the worker that runs PGlite; answered in order. */
export type WorkerRequest =
  | {
      readonly id: number;
      readonly kind: 'statement';
      readonly statement: BoundStatement;
      readonly isPrepared: boolean;
    }
  | { readonly id: number; readonly kind: 'script'; readonly statements: readonly BoundStatement[] }
  | { readonly id: number; readonly kind: 'close' };

export type WorkerReply =
  | {
      readonly id: number;
      readonly kind: 'rows';
      readonly rows: readonly Row[];
      readonly changed: number;
    }
  | { readonly id: number; readonly kind: 'script'; readonly outcome: ScriptOutcome }
  | { readonly id: number; readonly kind: 'closed' }
  | { readonly id: number; readonly kind: 'failed'; readonly failure: WorkerFailure }
  /** Sent once, unasked, when the database can be used; or could not be opened. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'not-opened'; readonly message: string };

/** A result row by column name. */
export type Row = Readonly<Record<string, unknown>>;

export interface WorkerFailure {
  readonly message: string;
  /** SQLSTATE; undefined when it was not the database that failed. */
  readonly code: string | undefined;
}

export interface WorkerStart {
  readonly dataDir: string;
}
