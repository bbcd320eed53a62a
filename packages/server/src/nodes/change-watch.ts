import { SECOND_MS } from '@tenth/model/time.ts';
import { type ChangedThing, type ChangeFeed, changedThings } from './ports.ts';

/** Keys are asked for again by whoever remembers them, so they wait for being told, or for a gap in the telling. */
const ASKED_FOR = ['plans', 'suppressions'] as const satisfies readonly ChangedThing[];

export interface ChangeWatchDeps {
  readonly feed: ChangeFeed;
  /** What to do about a change; it may be called without one. */
  readonly take: Readonly<Record<ChangedThing, () => void | Promise<void>>>;
  onFailed?(error: unknown, thing: ChangedThing): void;
}

/** What other nodes publish is in use here so soon, even when nobody tells of it. */
export const ASK_EVERY_MS = SECOND_MS;

/**
 * Takes over what other nodes have changed: when told, and {@link ASKED_FOR} once a second in any case. A
 * pool in front of the database tells nothing, and a line that is dead may seem alive for hours.
 */
export class ChangeWatch {
  readonly #deps: ChangeWatchDeps;
  readonly #running = new Map<ChangedThing, Promise<void>>();
  readonly #again = new Set<ChangedThing>();
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: ChangeWatchDeps) {
    this.#deps = deps;
  }

  start(): void {
    this.#deps.feed.start(
      (thing) => this.#take(thing),
      () => {
        for (const thing of changedThings) {
          this.#take(thing);
        }
      },
    );
    this.#timer = setInterval(() => {
      for (const thing of ASKED_FOR) {
        this.#take(thing);
      }
    }, ASK_EVERY_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#deps.feed.stop();
    await Promise.all(this.#running.values());
  }

  /** One at a time; told of another change meanwhile, it looks once more afterwards. */
  #take(thing: ChangedThing): void {
    if (this.#running.has(thing)) {
      this.#again.add(thing);
      return;
    }
    const { take, onFailed } = this.#deps;
    const taking = Promise.resolve()
      .then(() => take[thing]())
      .catch((error: unknown) => onFailed?.(error, thing))
      .then(() => {
        this.#running.delete(thing);
        if (this.#again.delete(thing)) {
          this.#take(thing);
        }
      });
    this.#running.set(thing, taking);
  }
}
