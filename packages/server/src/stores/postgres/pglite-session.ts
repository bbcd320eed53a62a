import { type messages, type PGlite, protocol } from '@electric-sql/pglite';
import type { ScriptOutcome } from './connection.ts';
import { PostgresError } from './postgres-error.ts';
import { readValue } from './wire.ts';
import type { BoundStatement, Row } from './worker-messages.ts';

const { serialize } = protocol;

const BEGIN: BoundStatement = { sql: 'begin', values: [] };
const COMMIT: BoundStatement = { sql: 'commit', values: [] };
const ROLLBACK: BoundStatement = { sql: 'rollback', values: [] };

export interface StatementResult {
  readonly rows: readonly Row[];
  readonly changed: number;
}

/**
 * Speaks PostgreSQL's wire protocol to PGlite. PGlite's own `query` would bind each list as text,
 * which is several times slower, and parse each statement anew.
 */
export class PgliteSession {
  readonly #pglite: PGlite;
  /** Prepared statements by SQL, with the columns of their results. */
  readonly #prepared = new Map<string, PreparedStatement>();

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  run(statement: BoundStatement, isPrepared: boolean): StatementResult {
    return isPrepared
      ? this.#execute(this.#prepare(statement.sql), statement)
      : this.#runOnce(statement);
  }

  /** One transaction, rolled back when a statement fails or does not change as many rows as it must. */
  runScript(statements: readonly BoundStatement[]): ScriptOutcome {
    this.run(BEGIN, true);
    try {
      let last: readonly Row[] = [];
      for (const [at, statement] of statements.entries()) {
        const { rows, changed } = this.run(statement, true);
        if (statement.mustChange !== undefined && changed !== statement.mustChange) {
          this.run(ROLLBACK, true);
          return { kind: 'mismatch', at, changed };
        }
        last = rows;
      }
      this.run(COMMIT, true);
      return { kind: 'done', rows: last };
    } catch (error) {
      this.run(ROLLBACK, false);
      throw error;
    }
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) {
      return known;
    }
    const name = `s${this.#prepared.size + 1}`;
    const answers = this.#send([
      serialize.parse({ name, text: sql }),
      serialize.describe({ type: 'S', name }),
      serialize.sync(),
    ]);
    const prepared = { name, columns: columnsOf(answers) };
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  #execute({ name, columns }: PreparedStatement, { values }: BoundStatement): StatementResult {
    return resultOf(
      this.#send([
        serialize.bind({ statement: name, values: [...values] }),
        serialize.execute({}),
        serialize.sync(),
      ]),
      columns,
    );
  }

  #runOnce({ sql, values }: BoundStatement): StatementResult {
    const answers = this.#send([
      serialize.parse({ text: sql }),
      serialize.bind({ values: [...values] }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ]);
    return resultOf(answers, columnsOf(answers));
  }

  #send(parts: readonly Uint8Array[]): readonly BackendMessage[] {
    const raw = this.#pglite.execProtocolRawSync(Buffer.concat(parts));
    const answers: BackendMessage[] = [];
    // The parser's messages are told apart by name; their classes are not a union, so each is cast below.
    new protocol.Parser().parse(raw, (message) => answers.push(message));
    const failure = answers.find((message) => message.name === 'error');
    if (failure !== undefined) {
      const { message, code } = failure as messages.DatabaseError;
      throw new PostgresError(message, code);
    }
    return answers;
  }
}

interface PreparedStatement {
  readonly name: string;
  readonly columns: readonly Column[];
}

interface Column {
  readonly name: string;
  readonly typeOid: number;
}

interface BackendMessage {
  readonly name: string;
}

function columnsOf(answers: readonly BackendMessage[]): readonly Column[] {
  const description = answers.find((message) => message.name === 'rowDescription');
  return description === undefined
    ? []
    : (description as messages.RowDescriptionMessage).fields.map((field) => ({
        name: field.name,
        typeOid: field.dataTypeID,
      }));
}

function resultOf(answers: readonly BackendMessage[], columns: readonly Column[]): StatementResult {
  const rows: Row[] = [];
  let changed = 0;
  for (const message of answers) {
    if (message.name === 'dataRow') {
      rows.push(rowOf((message as messages.DataRowMessage).fields, columns));
    } else if (message.name === 'commandComplete') {
      // The tag ends in the number of rows: `INSERT 0 3`, `UPDATE 3`.
      const count = Number((message as messages.CommandCompleteMessage).text.split(' ').at(-1));
      changed = Number.isNaN(count) ? 0 : count;
    }
  }
  return { rows, changed };
}

function rowOf(fields: readonly (string | null)[], columns: readonly Column[]): Row {
  const row: Record<string, unknown> = {};
  for (const [index, { name, typeOid }] of columns.entries()) {
    row[name] = readValue(fields[index] ?? null, typeOid);
  }
  return row;
}
