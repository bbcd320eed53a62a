import { CellSplitter } from './cell-splitter.ts';
import { MAX_RECORD_BYTES, type PhysicalLine, withoutLineEnd } from './read-lines.ts';
import { cappedRaw, type SourcePlace } from './source-line.ts';

/** A record and its cells, or the first line of one that is broken. */
export type CsvRecord = SourcePlace &
  (
    | { readonly kind: 'cells'; readonly cells: readonly string[] }
    | { readonly kind: 'broken'; readonly reason: string }
  );

/** What the next line makes of the record in hand. */
type Step =
  | { readonly kind: 'none' }
  | { readonly kind: 'record'; readonly record: CsvRecord }
  | { readonly kind: 'give-up'; readonly reason: string };

/**
 * Puts lines together to records. One quote too many would take in the rows that follow, so a record of
 * several lines must be beyond doubt; where it is not, its first line is broken and reading goes on with
 * the second. No line is read more often than a record has columns: all quotes inside a cell that
 * goes over lines are double, and open none when such a line is read by itself.
 */
export class CsvRecords {
  readonly #delimiter: string;
  readonly #columnCount: number | undefined;
  /** Lines of the record whose quoted cell goes on. */
  #open: PhysicalLine[] = [];
  #splitter: CellSplitter;

  /** @param columnCount Undefined while the columns are not known. */
  constructor(delimiter: string, columnCount: number | undefined) {
    this.#delimiter = delimiter;
    this.#columnCount = columnCount;
    this.#splitter = new CellSplitter(delimiter);
  }

  /** @returns Records that are certain with this line. */
  take(line: PhysicalLine): readonly CsvRecord[] {
    return this.#takeAll([line]);
  }

  /** @returns What the end of the file makes of an open quote: the line that has it, and those after it. */
  end(): readonly CsvRecord[] {
    const records: CsvRecord[] = [];
    while (this.#open.length > 0) {
      const [first, ...rest] = this.#reset();
      records.push(...brokenAt(first, 'a quote is never closed'), ...this.#takeAll(rest));
    }
    return records;
  }

  #takeAll(lines: readonly PhysicalLine[]): readonly CsvRecord[] {
    const records: CsvRecord[] = [];
    const waiting = lines.toReversed();
    for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
      const step = this.#step(line);
      if (step.kind === 'record') {
        records.push(step.record);
      } else if (step.kind === 'give-up') {
        const [first, ...rest] = this.#reset();
        records.push(...brokenAt(first, step.reason));
        for (const again of rest.toReversed()) {
          waiting.push(again);
        }
      }
    }
    return records;
  }

  #step(line: PhysicalLine): Step {
    const body = withoutLineEnd(line.text);
    if (this.#open.length === 0 && body === '') {
      return { kind: 'none' };
    }
    this.#open.push(line);
    const [first = line] = this.#open;
    const isOne = first === line;
    if (line.endOffset - first.startOffset > MAX_RECORD_BYTES) {
      const reason = 'a quote is never closed, or the record has more than 1 MB';
      return { kind: 'give-up', reason: isOne ? 'has more than 1 MB' : reason };
    }
    const splitting = this.#splitter.add(body, line.text.slice(body.length));
    const { cells } = this.#splitter;
    switch (splitting.kind) {
      case 'open':
        return this.#columnCount === undefined || cells.length < this.#columnCount
          ? { kind: 'none' }
          : { kind: 'give-up', reason: misfit(cells.length + 1, this.#columnCount) };
      case 'broken':
        return { kind: 'give-up', reason: splitting.reason };
      case 'whole': {
        // A single line that does not fit takes nothing with it, and keeps its whole text.
        if (!isOne && this.#columnCount !== undefined && cells.length !== this.#columnCount) {
          return { kind: 'give-up', reason: misfit(cells.length, this.#columnCount) };
        }
        const raw = withoutLineEnd(
          this.#reset()
            .map(({ text }) => text)
            .join(''),
        );
        return { kind: 'record', record: { ...placeOf(line), raw, kind: 'cells', cells } };
      }
    }
  }

  /** @returns The lines that were open. */
  #reset(): readonly PhysicalLine[] {
    const lines = this.#open;
    this.#open = [];
    this.#splitter = new CellSplitter(this.#delimiter);
    return lines;
  }
}

export function misfit(cells: number, columns: number): string {
  return `has ${cells} columns instead of ${columns}`;
}

function brokenAt(line: PhysicalLine | undefined, reason: string): readonly CsvRecord[] {
  return line === undefined
    ? []
    : [
        {
          ...placeOf(line),
          raw: cappedRaw(withoutLineEnd(line.text)),
          kind: 'broken',
          reason,
        },
      ];
}

function placeOf({ line, endOffset, hasLineEnd }: PhysicalLine) {
  return { line, endOffset, mayGrow: !hasLineEnd };
}
