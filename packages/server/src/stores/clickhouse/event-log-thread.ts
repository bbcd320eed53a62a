import { Worker } from 'node:worker_threads';
import type { EventLog, LogBatch } from '../../ship/ports.ts';
import type { ClickHouseLocation } from './connect.ts';
import type { EventLogStart, FromEventLog, ToEventLog } from './event-log-messages.ts';

interface Waiting {
  resolve(reply: FromEventLog): void;
  reject(error: Error): void;
}

/**
 * The event log, appended to on a thread of its own, which begins with the first batch. It has a
 * connection of its own; embedded, the one that is read from opens before it and closes after it.
 */
export class EventLogThread implements EventLog {
  readonly #workerUrl: URL;
  readonly #start: EventLogStart;
  readonly #waiting: Waiting[] = [];
  #worker: Worker | undefined;
  #failure: Error | undefined;

  /** @param workerUrl The built `event-log-worker.js`. */
  constructor(workerUrl: URL, location: ClickHouseLocation) {
    this.#workerUrl = workerUrl;
    this.#start = { location };
  }

  async append(batch: LogBatch): Promise<{ readonly events: number }> {
    this.#worker ??= this.#begin();
    const reply = await this.#ask(this.#worker, { kind: 'append', batch });
    if (reply.kind !== 'appended') {
      throw new Error(`the event log answered ${reply.kind} to a batch`);
    }
    return { events: reply.events };
  }

  /** Finishes what is being appended and lets go of the log. A batch after that opens it anew. */
  async close(): Promise<void> {
    if (this.#worker !== undefined && this.#failure === undefined) {
      await this.#ask(this.#worker, { kind: 'close' });
    }
  }

  #begin(): Worker {
    const worker = new Worker(this.#workerUrl, { workerData: this.#start });
    worker.on('message', (reply: FromEventLog) => {
      const waiting = this.#waiting.shift();
      if (reply.kind === 'failed') {
        waiting?.reject(new Error(reply.message));
      } else {
        waiting?.resolve(reply);
      }
      if (this.#waiting.length === 0) {
        // Idle, it does not keep the process.
        worker.unref();
      }
    });
    worker.on('error', (error) => this.#fail(error));
    worker.on('exit', (code) =>
      this.#fail(new Error(`the thread of the event log has stopped (exit code ${code})`)),
    );
    return worker;
  }

  #ask(worker: Worker, asked: ToEventLog): Promise<FromEventLog> {
    if (this.#failure !== undefined) {
      return Promise.reject(this.#failure);
    }
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      worker.ref();
      worker.postMessage(asked);
    });
  }

  /** For good; each later batch is refused with the reason, and stays in the outbox. */
  #fail(error: Error): void {
    this.#failure ??= error;
    for (const waiting of this.#waiting.splice(0)) {
      waiting.reject(this.#failure);
    }
  }
}
