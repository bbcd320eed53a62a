import { SECOND_MS } from '@tenth/model/time.ts';
import type { LeaseName, Leases } from './ports.ts';

/** Work that one node does for all; may be started again after a stop. */
export interface SharedWork {
  start(): void;
  /** Finishes what is in hand. */
  stop(): Promise<void>;
}

export interface ElectionsDeps {
  readonly leases: Leases;
  /** A name that no other node has. */
  readonly holder: string;
  readonly work: ReadonlyMap<LeaseName, SharedWork>;
  /** In ms, never set back; unlike the time of day. */
  readonly elapsedMs: () => number;
  onFailed?(error: unknown): void;
}

const HELD_MS = 5 * SECOND_MS;
const RENEW_MS = SECOND_MS;
const ANSWER_WITHIN_MS = 1.5 * SECOND_MS;
/** Renewed no later, the lease could expire before the next try is through. */
const SAFE_MS = HELD_MS - RENEW_MS - ANSWER_WITHIN_MS;

/** Does the work of the leases that this node holds, and stops it before another node can hold them. */
export class Elections {
  readonly #deps: ElectionsDeps;
  readonly #led = new Set<LeaseName>();
  /** Of each work, the last start or stop; the next waits for it, since stopping may take a while. */
  readonly #changes = new Map<LeaseName, Promise<void>>();
  #renewedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #isStopping = false;

  constructor(deps: ElectionsDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#isStopping = false;
    this.#next(0);
  }

  /** Finishes the work in hand; then others may take over at once. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#timer);
    await this.#running;
    this.#follow(new Set());
    await Promise.all(this.#changes.values());
    const { leases, holder, onFailed } = this.#deps;
    // Without it they expire.
    await leases.release(holder).catch((error: unknown) => onFailed?.(error));
  }

  #next(delayMs: number): void {
    this.#timer = setTimeout(() => {
      this.#running = this.#turn().then(() => {
        if (!this.#isStopping) {
          this.#next(RENEW_MS);
        }
      });
    }, delayMs);
  }

  async #turn(): Promise<void> {
    const { leases, holder, work, elapsedMs, onFailed } = this.#deps;
    const askedAt = elapsedMs();
    try {
      const held = await within(ANSWER_WITHIN_MS, leases.take([...work.keys()], holder, HELD_MS));
      this.#renewedAt = askedAt;
      this.#follow(held);
    } catch (error) {
      onFailed?.(error);
      if (elapsedMs() - this.#renewedAt > SAFE_MS) {
        this.#follow(new Set());
      }
    }
  }

  #follow(held: ReadonlySet<LeaseName>): void {
    for (const [name, one] of this.#deps.work) {
      if (held.has(name) && !this.#led.has(name)) {
        this.#led.add(name);
        this.#change(name, async () => one.start());
      }
      if (!held.has(name) && this.#led.delete(name)) {
        this.#change(name, () => one.stop());
      }
    }
  }

  #change(name: LeaseName, change: () => Promise<void>): void {
    const before = this.#changes.get(name) ?? Promise.resolve();
    this.#changes.set(
      name,
      before.then(change).catch((error: unknown) => this.#deps.onFailed?.(error)),
    );
  }
}

function within<Value>(ms: number, asked: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
    asked.then(resolve, reject).finally(() => clearTimeout(late));
  });
}
