/** Lines of a text that comes in pieces. */
export interface LineSink {
  /** @param line From 1. */
  onLine(text: string, line: number): void;
  /** A line beyond {@link MOST_LINE_CHARS}, which is not kept. */
  onTooLong(line: number): void;
}

/** A line longer than this is no line of a list. */
export const MOST_LINE_CHARS = 65_536;

/** Splits text at its line breaks, whichever of both kinds they are. */
export class LineReader {
  readonly #sink: LineSink;
  #rest = '';
  #isTooLong = false;
  #line = 0;

  constructor(sink: LineSink) {
    this.#sink = sink;
  }

  push(text: string): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.#extend(line);
      this.#finish();
    }
    this.#extend(last);
  }

  end(): void {
    if (this.#rest !== '' || this.#isTooLong) {
      this.#finish();
    }
  }

  #extend(text: string): void {
    this.#isTooLong ||= this.#rest.length + text.length > MOST_LINE_CHARS;
    this.#rest = this.#isTooLong ? '' : this.#rest + text;
  }

  #finish(): void {
    this.#line += 1;
    if (this.#isTooLong) {
      this.#sink.onTooLong(this.#line);
    } else {
      this.#sink.onLine(
        this.#rest.endsWith('\r') ? this.#rest.slice(0, -1) : this.#rest,
        this.#line,
      );
    }
    this.#rest = '';
    this.#isTooLong = false;
  }
}
