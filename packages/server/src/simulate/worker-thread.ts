import { Worker } from 'node:worker_threads';
import type { Tally } from '@tenth/engine/simulate/tally.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

const YOUNG_MB = 192;
/** Pages that a thread may have: one that it works on, one that waits. */
const MOST_PAGES = 2;

export interface ThreadProgress {
  readonly events: number;
  readonly people: number;
}

/** A thread that simulates, seen from the one that reads the events. */
export class WorkerThread {
  readonly #worker: Worker;
  readonly #ready: Promise<void>;
  readonly #tally: Promise<Tally>;
  readonly #failed: Promise<never>;
  #progress: ThreadProgress = { events: 0, people: 0 };
  #pages = 0;
  #wake = () => {};

  /** @param workerUrl The built `simulation-worker.js`. */
  constructor(workerUrl: URL, start: WorkerStart, onProgress: () => void) {
    const worker = new Worker(workerUrl, {
      workerData: start,
      // Profiles are made and left at every event; with little room for the young, collecting took a third.
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker = worker;
    this.#failed = new Promise((_, reject) => {
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('the simulation was stopped')));
    });
    let onReady = () => {};
    let onRefused = (_: Problem) => {};
    let onTally = (_: Tally) => {};
    this.#ready = new Promise((resolve, reject) => {
      onReady = resolve;
      onRefused = reject;
    });
    this.#tally = new Promise((resolve) => {
      onTally = resolve;
    });
    // Heard by whoever awaits; until somebody does, a failure must not count as unheard.
    this.#failed.catch(() => {});
    this.#ready.catch(() => {});
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'ready':
          onReady();
          return;
        case 'refused':
          onRefused(new Problem('definition-invalid', message.message, fieldOf(message.path)));
          return;
        case 'progress':
          this.#progress = { events: message.events, people: message.people };
          this.#pages -= 1;
          this.#wake();
          onProgress();
          return;
        case 'tally':
          onTally(message.tally);
      }
    });
  }

  get progress(): ThreadProgress {
    return this.#progress;
  }

  /** @throws {Problem} definition-invalid: what is tried out does not compile. */
  ready(): Promise<void> {
    return Promise.race([this.#ready, this.#failed]);
  }

  /** Hands over a page once there is room for it. */
  async take(text: string): Promise<void> {
    while (this.#pages >= MOST_PAGES) {
      await Promise.race([
        new Promise<void>((resolve) => {
          this.#wake = resolve;
        }),
        this.#failed,
      ]);
    }
    this.#pages += 1;
    this.#post({ kind: 'page', text });
  }

  /** After the last page. */
  finish(): Promise<Tally> {
    this.#post({ kind: 'end' });
    return Promise.race([this.#tally, this.#failed]);
  }

  async stop(): Promise<void> {
    await this.#worker.terminate();
  }

  #post(message: ToWorker): void {
    this.#worker.postMessage(message);
  }
}

/** The place in the request of what a plan's path names: `campaigns.welcome.audience` is `campaign.audience`. */
function fieldOf(path: string): string {
  return path.replace(/^campaigns\.[^.]+/, 'campaign');
}
