import { type messages, type PGlite, protocol } from '@electric-sql/pglite';
import type { ScriptOutcome } from './connection.ts';
import { FrontendMessages } from './frontend-messages.ts';
import { PostgresError } from './postgres-error.ts';
import { readValue } from './wire.ts';
import type { BoundStatement, Row } from './worker-messages.ts';

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
  readonly #messages = new FrontendMessages();
  /** Prepared statements by SQL, with the columns of their results. */
  readonly #prepared = new Map<string, PreparedStatement>();

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  run(statement: BoundStatement, isPrepared: boolean): StatementResult {
    const { results, failure } = isPrepared
      ? this.#pipeline([statement])
      : this.#runOnce(statement);
    const [result] = results;
    if (failure !== undefined || result === undefined) {
      throw failure ?? new Error('the embedded database answered nothing to a statement');
    }
    return result;
  }

  /**
   * One transaction, rolled back when a statement fails or does not change as many rows as it must. All
   * statements go in together: going into PostgreSQL and out again costs about as much as a small one.
   */
  runScript(statements: readonly BoundStatement[]): ScriptOutcome {
    const { results, failure } = this.#pipeline([BEGIN, ...statements]);
    const changed = results.slice(1).map((result) => result.changed);
    const at = statements.findIndex(
      ({ mustChange }, index) =>
        mustChange !== undefined && index < changed.length && changed[index] !== mustChange,
    );
    if (at === -1 && failure === undefined) {
      this.run(COMMIT, true);
      return { kind: 'done', rows: results.at(-1)?.rows ?? [] };
    }
    this.run(ROLLBACK, false);
    // What failed after a statement that found things other than expected, failed because of that.
    if (at !== -1) {
      return { kind: 'mismatch', at, changed: changed[at] ?? 0 };
    }
    throw failure;
  }

  /** Runs prepared statements one after the other, up to the first that fails. */
  #pipeline(statements: readonly BoundStatement[]): Answers {
    const prepared = statements.map(({ sql }) => this.#prepare(sql));
    for (const [at, { values }] of statements.entries()) {
      this.#messages.bind(prepared[at]?.name ?? '', values).execute();
    }
    return readAnswers(
      this.#send(),
      prepared.map(({ columns }) => columns),
    );
  }

  #prepare(sql: string): PreparedStatement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) {
      return known;
    }
    const name = `s${this.#prepared.size + 1}`;
    this.#messages.parse(name, sql).describeStatement(name);
    const answers = this.#send();
    const failure = failureOf(answers);
    if (failure !== undefined) {
      throw failure;
    }
    const prepared = { name, columns: columnsOf(answers) };
    this.#prepared.set(sql, prepared);
    return prepared;
  }

  #runOnce({ sql, values }: BoundStatement): Answers {
    this.#messages.parse('', sql).bind('', values).describePortal().execute();
    const answers = this.#send();
    return readAnswers(answers, [columnsOf(answers)]);
  }

  #send(): readonly BackendMessage[] {
    const raw = this.#pglite.execProtocolRawSync(this.#messages.sync().take());
    const answers: BackendMessage[] = [];
    // The parser's messages are told apart by name; their classes are not a union, so each is cast below.
    new protocol.Parser().parse(raw, (message) => answers.push(message));
    return answers;
  }
}

/** Of the statements that were run, in order; and why the one after them was not. */
interface Answers {
  readonly results: readonly StatementResult[];
  readonly failure: PostgresError | undefined;
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

function readAnswers(
  answers: readonly BackendMessage[],
  columns: readonly (readonly Column[])[],
): Answers {
  const results: StatementResult[] = [];
  let rows: Row[] = [];
  for (const message of answers) {
    if (message.name === 'dataRow') {
      rows.push(rowOf((message as messages.DataRowMessage).fields, columns[results.length] ?? []));
    } else if (message.name === 'commandComplete') {
      // The tag ends in the number of rows: `INSERT 0 3`, `UPDATE 3`.
      const count = Number((message as messages.CommandCompleteMessage).text.split(' ').at(-1));
      results.push({ rows, changed: Number.isNaN(count) ? 0 : count });
      rows = [];
    }
  }
  return { results, failure: failureOf(answers) };
}

function failureOf(answers: readonly BackendMessage[]): PostgresError | undefined {
  const failure = answers.find((message) => message.name === 'error');
  if (failure === undefined) {
    return undefined;
  }
  const { message, code } = failure as messages.DatabaseError;
  return new PostgresError(message, code);
}

function rowOf(fields: readonly (string | null)[], columns: readonly Column[]): Row {
  const row: Record<string, unknown> = {};
  for (const [index, { name, typeOid }] of columns.entries()) {
    row[name] = readValue(fields[index] ?? null, typeOid);
  }
  return row;
}
