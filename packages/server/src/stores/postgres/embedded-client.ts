import { Worker } from 'node:worker_threads';
import type { ScriptOutcome, Statement } from './connection.ts';
import type { StatementResult } from './pglite-session.ts';
import { PostgresError } from './postgres-error.ts';
import { bindValue, type WireValue } from './wire.ts';
import type { BoundStatement, WorkerReply, WorkerRequest, WorkerStart } from './worker-messages.ts';

type Asked<Request> = Request extends { readonly id: number } ? Omit<Request, 'id'> : never;
type Answered = Extract<WorkerReply, { readonly id: number }>;

interface Waiting {
  resolve(reply: Answered): void;
  reject(error: Error): void;
}

/** The main thread's end of the worker that runs PGlite. Requests are answered in order. */
export class EmbeddedClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  #lastId = 0;
  #failure: Error | undefined;

  private constructor(worker: Worker) {
    this.#worker = worker;
  }

  /**
   * @param workerUrl The built `pglite-worker.js`.
   * @throws {Error} The data directory cannot be opened.
   */
  static async open(workerUrl: URL, start: WorkerStart): Promise<EmbeddedClient> {
    const worker = new Worker(workerUrl, { workerData: start });
    const client = new EmbeddedClient(worker);
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (reply: WorkerReply) => {
        if (reply.kind === 'ready') {
          resolve();
        } else if (reply.kind === 'not-opened') {
          reject(new Error(`the embedded database cannot be opened: ${reply.message}`));
          void worker.terminate();
        } else {
          client.#settle(reply);
        }
      });
      worker.on('error', (error) => {
        reject(error);
        client.#fail(error);
      });
      worker.on('exit', (code) => {
        const error = new Error(`the embedded database has stopped (exit code ${code})`);
        reject(error);
        client.#fail(error);
      });
    });
    return client;
  }

  async run(statement: Statement, isPrepared: boolean): Promise<StatementResult> {
    const bound = bind(statement);
    const reply = await this.#ask(
      { kind: 'statement', statement: bound, isPrepared },
      memoryOf(bound.values),
    );
    if (reply.kind !== 'rows') {
      throw new Error(`the embedded database answered ${reply.kind} to a statement`);
    }
    return reply;
  }

  async runScript(statements: readonly Statement[]): Promise<ScriptOutcome> {
    const bound = statements.map(bind);
    const reply = await this.#ask(
      { kind: 'script', statements: bound },
      bound.flatMap(({ values }) => memoryOf(values)),
    );
    if (reply.kind !== 'script') {
      throw new Error(`the embedded database answered ${reply.kind} to a script`);
    }
    return reply.outcome;
  }

  /** Shuts PostgreSQL down cleanly, after everything asked so far. */
  async close(): Promise<void> {
    if (this.#failure === undefined) {
      const stopped = new Promise((resolve) => this.#worker.once('exit', resolve));
      await this.#ask({ kind: 'close' });
      await stopped;
    }
  }

  /** @param moved Memory that the worker takes over: copying a commit's profiles cost more than making them. */
  #ask(request: Asked<WorkerRequest>, moved: readonly ArrayBuffer[] = []): Promise<Answered> {
    if (this.#failure !== undefined) {
      return Promise.reject(this.#failure);
    }
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...request } satisfies WorkerRequest, [...moved]);
    });
  }

  #settle(reply: Answered): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.kind === 'failed') {
      waiting?.reject(new PostgresError(reply.failure.message, reply.failure.code));
    } else {
      waiting?.resolve(reply);
    }
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.values()) {
      waiting.reject(error);
    }
    this.#waiting.clear();
  }
}

function bind(statement: Statement): BoundStatement {
  return { ...statement, values: statement.values.map(bindValue) };
}

function memoryOf(values: readonly WireValue[]): readonly ArrayBuffer[] {
  return values.flatMap((value) => (value instanceof Uint8Array ? [value.buffer] : []));
}
