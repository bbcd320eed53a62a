import { createReadStream } from 'node:fs';
import { readSegmentMessage } from './segment-message.ts';
import type { ReadFrom, SourceLine, SourcePlace } from './source-line.ts';

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = /^\ufeff/;

/** Segment messages, one a line. Empty lines are passed over. */
export async function* readSegmentJsonl(from: ReadFrom): AsyncGenerator<SourceLine> {
  for await (const place of readLines(from)) {
    const text = place.raw.replace(BYTE_ORDER_MARK, '').trim();
    if (text !== '') {
      yield { ...place, ...readSegmentMessage(text) };
    }
  }
}

/** Lines are cut at the byte, so that offsets hold whatever characters a line has. */
async function* readLines(from: ReadFrom): AsyncGenerator<SourcePlace> {
  let { offset, line } = from;
  let held: Buffer[] = [];
  const take = (last: Buffer): SourcePlace => {
    const bytes = Buffer.concat([...held, last]);
    held = [];
    offset += bytes.length;
    line += 1;
    return { line, endOffset: offset, raw: bytes.toString('utf8').replace(/\r?\n$/, '') };
  };
  const stream: AsyncIterable<Buffer> = createReadStream(from.path, { start: from.offset });
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      yield take(chunk.subarray(start, end + 1));
      start = end + 1;
    }
    held.push(chunk.subarray(start));
  }
  if (held.some((bytes) => bytes.length > 0)) {
    yield take(Buffer.alloc(0));
  }
}
