import { MAX_RECORD_BYTES, readLines, withoutLineEnd } from './read-lines.ts';
import { readSegmentMessage } from './segment-message.ts';
import { cappedRaw, type ReadFrom, refused, type SourceLine } from './source-line.ts';

const BYTE_ORDER_MARK = /^\ufeff/;

/** Segment messages, one a line. Empty lines are passed over. */
export async function* readSegmentJsonl(from: ReadFrom): AsyncGenerator<SourceLine> {
  for await (const { line, startOffset, endOffset, text, hasLineEnd } of readLines(from)) {
    const raw = withoutLineEnd(text);
    const message = raw.replace(BYTE_ORDER_MARK, '').trim();
    const place = { line, endOffset, mayGrow: !hasLineEnd };
    if (endOffset - startOffset > MAX_RECORD_BYTES) {
      yield { ...place, raw: cappedRaw(raw), ...refused('', 'has more than 1 MB') };
    } else if (message !== '') {
      yield { ...place, raw, ...readSegmentMessage(message) };
    }
  }
}
