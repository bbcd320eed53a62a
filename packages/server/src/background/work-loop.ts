export interface WorkLoopDeps {
  /**
   * One turn.
   *
   * @returns How long to rest after it, in ms; 0 goes on at once.
   */
  readonly turn: () => Promise<number>;
  /** In ms, after a turn that failed. */
  readonly restAfterFailureMs: number;
  onFailed?(error: unknown): void;
}

/**
 * Does work beside the requests, turn by turn until it is stopped, and rests between turns as each of
 * them says. May be started again after a stop.
 */
export class WorkLoop {
  readonly #deps: WorkLoopDeps;
  #running: Promise<void> | undefined;
  #isStopping = false;
  #isWoken = false;
  #endRest: () => void = () => {};

  constructor(deps: WorkLoopDeps) {
    this.#deps = deps;
  }

  /** A turn that takes long looks at this, and ends early. */
  get isStopping(): boolean {
    return this.#isStopping;
  }

  start(): void {
    this.#isStopping = false;
    this.#running ??= this.#run();
  }

  /** Finishes the turn in hand. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#endRest();
    await this.#running;
    this.#running = undefined;
  }

  /** There is something to do: the next turn comes at once, also where one is under way. */
  wake(): void {
    this.#isWoken = true;
    this.#endRest();
  }

  async #run(): Promise<void> {
    while (!this.#isStopping) {
      this.#isWoken = false;
      let restMs = this.#deps.restAfterFailureMs;
      try {
        restMs = await this.#deps.turn();
      } catch (error) {
        this.#deps.onFailed?.(error);
      }
      if (restMs > 0) {
        await this.#rest(restMs);
      }
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isStopping || this.#isWoken) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, ms);
      this.#endRest = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
