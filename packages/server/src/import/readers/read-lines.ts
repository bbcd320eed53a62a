import { createReadStream } from 'node:fs';
import type { ReadFrom } from './source-line.ts';

/** A line of the file, whatever it is part of. */
export interface PhysicalLine {
  /** From 1. */
  readonly line: number;
  readonly startOffset: number;
  /** Byte after its line end. */
  readonly endOffset: number;
  /** With its line end; of a line beyond {@link MAX_RECORD_BYTES}, the beginning. */
  readonly text: string;
  readonly hasLineEnd: boolean;
}

/** A record beyond this is no event, which has 32 KB at most; in a CSV file it is one quote too many. */
export const MAX_RECORD_BYTES = 1_048_576;

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = /^\ufeff/;

/** Lines are cut at the byte, so that offsets hold whatever characters a line has. */
export async function* readLines(from: ReadFrom): AsyncGenerator<PhysicalLine> {
  let { offset, line } = from;
  let held: Buffer[] = [];
  let heldBytes = 0;
  const take = (last: Buffer): PhysicalLine => {
    const kept = held.length === 0 ? last : Buffer.concat([...held, last]);
    const text = kept.toString('utf8', 0, Math.min(kept.length, MAX_RECORD_BYTES));
    const startOffset = offset;
    offset += heldBytes + last.length;
    line += 1;
    held = [];
    heldBytes = 0;
    return {
      line,
      startOffset,
      endOffset: offset,
      text: startOffset === 0 ? text.replace(BYTE_ORDER_MARK, '') : text,
      hasLineEnd: last.at(-1) === NEWLINE,
    };
  };
  const stream: AsyncIterable<Buffer> = createReadStream(from.path, { start: from.offset });
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield take(chunk.subarray(start, end + 1));
      start = end + 1;
    }
    const rest = chunk.subarray(start);
    // What is too long is counted, not kept.
    if (rest.length > 0 && heldBytes <= MAX_RECORD_BYTES) {
      held.push(rest);
    }
    heldBytes += rest.length;
  }
  if (heldBytes > 0) {
    yield take(Buffer.alloc(0));
  }
}

/** The line without its line end. A file may be cut between the two characters of one. */
export function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n?$/, '');
}
