/** Lines on their way from who writes them to the one who reads them, in order. */
export class LineQueue<Line> {
  readonly #lines: Line[] = [];
  #ending: { readonly error?: unknown } | undefined;
  #wake = () => {};

  push(line: Line): void {
    this.#lines.push(line);
    this.#wake();
  }

  end(): void {
    this.#ending = {};
    this.#wake();
  }

  fail(error: unknown): void {
    this.#ending = { error };
    this.#wake();
  }

  /** @param onLeft Called when the reader is done, also before the end. */
  async *read(onLeft: () => Promise<void>): AsyncGenerator<Line> {
    try {
      for (;;) {
        const line = this.#lines.shift();
        if (line !== undefined) {
          yield line;
        } else if (this.#ending !== undefined) {
          if ('error' in this.#ending) {
            throw this.#ending.error;
          }
          return;
        } else {
          await new Promise<void>((resolve) => {
            this.#wake = resolve;
          });
        }
      }
    } finally {
      await onLeft();
    }
  }
}
