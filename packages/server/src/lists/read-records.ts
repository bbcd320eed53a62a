import { LineReader, MOST_LINE_CHARS } from './read-lines.ts';
import { type Delimiter, findDelimiter, splitRecord } from './split-record.ts';

/** Records of an upload. */
export interface RecordSink {
  /** @param line Line on which the record begins, from 1. */
  onRecord(cells: readonly string[], line: number): void;
  onBroken(line: number, reason: string): void;
}

export interface RecordReader {
  push(text: string): void;
  end(): void;
}

const TOO_LONG = `has more than ${MOST_LINE_CHARS.toLocaleString('en')} characters`;
/** Addresses and notes have line breaks, a few; more mean that a quote is missing. */
const MOST_LINES_A_RECORD = 20;

/** One member a line, whatever characters it has. */
export function readPlainRecords(sink: RecordSink): RecordReader {
  return new LineReader({
    onLine: (text, line) => {
      if (text.trim() !== '') {
        sink.onRecord([text], line);
      }
    },
    onTooLong: (line) => sink.onBroken(line, TOO_LONG),
  });
}

/**
 * CSV, its delimiter taken from the first line. A quote that is never closed costs the line on which
 * it stands, not all that follows: a list must not shrink unnoticed.
 */
export function readCsvRecords(sink: RecordSink): RecordReader {
  let delimiter: Delimiter | undefined;
  /** Lines of a record whose quoted cell goes on. */
  let open: { readonly line: number; readonly texts: string[] } | undefined;

  const takeLine = (text: string, line: number): void => {
    if (text === '' && open === undefined) {
      return;
    }
    const texts = [...(open?.texts ?? []), text];
    const first = open?.line ?? line;
    open = undefined;
    delimiter ??= findDelimiter(text);
    const record = splitRecord(texts.join('\n'), delimiter);
    switch (record.kind) {
      case 'cells':
        sink.onRecord(record.cells, first);
        break;
      case 'open':
        if (texts.length < MOST_LINES_A_RECORD) {
          open = { line: first, texts };
        } else {
          giveUp(texts, first, 'opens a quote that is not closed');
        }
        break;
      case 'broken':
        giveUp(texts, first, record.reason);
        break;
    }
  };
  const giveUp = (texts: readonly string[], first: number, reason: string): void => {
    sink.onBroken(first, reason);
    for (const [index, text] of texts.slice(1).entries()) {
      takeLine(text, first + 1 + index);
    }
  };
  const closeOpen = (): void => {
    while (open !== undefined) {
      const { texts, line } = open;
      open = undefined;
      giveUp(texts, line, 'opens a quote that is not closed');
    }
  };

  const lines = new LineReader({
    onLine: takeLine,
    onTooLong: (line) => {
      closeOpen();
      sink.onBroken(line, TOO_LONG);
    },
  });
  return {
    push: (text) => lines.push(text),
    end() {
      lines.end();
      closeOpen();
    },
  };
}
