import cluster, { type Worker } from 'node:cluster';
import { SECOND_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import { afterWorkerEnd } from './worker-restarts.ts';

/** What a worker tells once it takes requests. */
const readyMessage = z.object({ kind: z.literal('tenth-ready'), origin: z.string() });

export interface WorkerPoolDeps {
  readonly count: number;
  readonly now: () => number;
  /** Told of a worker that ended by itself, and when its place is filled again. */
  onEnded(told: { readonly pid: number; readonly why: string; readonly delayMs: number }): void;
}

/** Asked to end, a worker has so long for what is under way. */
const STOP_MS = 24 * SECOND_MS;

/** Processes of this same program that share its port; one that ends is started again. */
export class WorkerPool {
  readonly #deps: WorkerPoolDeps;
  readonly #workers = new Set<Worker>();
  readonly #restarts = new Set<NodeJS.Timeout>();
  #isStopping = false;

  constructor(deps: WorkerPoolDeps) {
    this.#deps = deps;
  }

  /**
   * Starts the workers, the first alone: what keeps it from starting would keep all.
   *
   * @returns Where they are reached.
   * @throws {Error} The first one ended before it took requests; it has said why.
   */
  async start(): Promise<string> {
    // JSON would turn a figure that is not known (NaN) into none, and that into 0.
    cluster.setupPrimary({ serialization: 'advanced' });
    const first = this.#fork(0);
    const origin = await new Promise<string>((resolve, reject) => {
      first.on('message', (message: unknown) => {
        const ready = readyMessage.safeParse(message);
        if (ready.success) {
          resolve(ready.data.origin);
        }
      });
      first.once('exit', () => reject(new Error('the first worker did not start')));
    });
    for (let count = 1; count < this.#deps.count; count += 1) {
      this.#fork(0);
    }
    return origin;
  }

  /** Lets the workers finish what they have; ends those that do not. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    for (const restart of this.#restarts) {
      clearTimeout(restart);
    }
    await Promise.all([...this.#workers].map(endWorker));
  }

  #fork(quickEnds: number): Worker {
    const { now, onEnded } = this.#deps;
    const startedAt = now();
    const worker = cluster.fork();
    this.#workers.add(worker);
    worker.once('exit', (code, signal) => {
      this.#workers.delete(worker);
      if (this.#isStopping) {
        return;
      }
      const next = afterWorkerEnd({ startedAt, quickEnds }, now());
      const why = signal ?? `exit code ${code}`;
      onEnded({ pid: worker.process.pid ?? 0, why, delayMs: next.delayMs });
      const restart = setTimeout(() => {
        this.#restarts.delete(restart);
        this.#fork(next.quickEnds);
      }, next.delayMs);
      this.#restarts.add(restart);
    });
    return worker;
  }
}

/** Whether this process is one of a pool. */
export const isWorker = cluster.isWorker;

/** Tells the pool that this worker takes requests. */
export function tellReady(origin: string): void {
  process.send?.({ kind: 'tenth-ready', origin } satisfies z.input<typeof readyMessage>);
}

function endWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => worker.process.kill('SIGKILL'), STOP_MS);
    worker.once('exit', () => {
      clearTimeout(late);
      resolve();
    });
    worker.process.kill('SIGTERM');
  });
}
