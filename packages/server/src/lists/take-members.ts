import { setImmediate as nextTurn } from 'node:timers/promises';
import { TextDecoder } from 'node:util';
import { type ListUploadReport, mostListLines } from '@tenth/model/list.ts';
import { Problem } from '@tenth/model/problem.ts';
import { type FoundColumn, findColumn } from './find-column.ts';
import type { MemberSet } from './member-set.ts';
import { MemberSetBuilder } from './member-set-builder.ts';
import { type MemberKind, readMember } from './read-member.ts';
import { type RecordSink, readCsvRecords, readPlainRecords } from './read-records.ts';

/** Text as it comes in. */
export interface UploadedText {
  readonly mediaType: 'text/csv' | 'text/plain';
  /** As the Encoding Standard labels it: utf-8, euc-kr, utf-16le. */
  readonly charset: string;
  readonly chunks: AsyncIterable<Uint8Array>;
}

export interface TakenMembers {
  readonly members: MemberSet;
  readonly report: ListUploadReport;
}

const MOST_REFUSED_NAMED = 20;
/** Read in one go; some 2,500 lines take 3 ms. */
const MOST_BYTES_A_TURN = 65_536;

export interface TakeAsked {
  readonly by: MemberKind;
  readonly column: string | undefined;
  /** What is kept for a member, where that is another text than the line has. */
  readonly pseudonymOf?: ((member: string) => string) | undefined;
}

/**
 * Reads an upload to its end, in pieces that leave room for other requests in between.
 *
 * @throws {Problem} body-invalid: the column is not certain, or not one line names a member;
 * body-too-large; encoding-unsupported
 */
export async function takeMembers(
  { mediaType, charset, chunks }: UploadedText,
  asked: TakeAsked,
): Promise<TakenMembers> {
  if (mediaType === 'text/plain' && asked.column !== undefined) {
    throw new Problem('body-invalid', 'Only text/csv has columns.', 'column');
  }
  const decoder = openDecoder(charset);
  const taking = new Taking(asked);
  const records = mediaType === 'text/csv' ? readCsvRecords(taking) : readPlainRecords(taking);
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += MOST_BYTES_A_TURN) {
      const piece = chunk.subarray(at, at + MOST_BYTES_A_TURN);
      records.push(decoder.decode(piece, { stream: true }));
      await nextTurn();
    }
  }
  records.push(decoder.decode());
  records.end();
  return taking.finish();
}

/** @throws {Problem} encoding-unsupported */
function openDecoder(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch {
    throw new Problem('encoding-unsupported', `There is no charset ${charset}; send UTF-8.`);
  }
}

class Taking implements RecordSink {
  readonly #asked: TakeAsked;
  readonly #members = new MemberSetBuilder();
  readonly #firstRefused: { line: number; reason: string }[] = [];
  #column: FoundColumn | undefined;
  #lines = 0;
  #refused = 0;

  constructor(asked: TakeAsked) {
    this.#asked = asked;
  }

  onRecord(cells: readonly string[], line: number): void {
    if (this.#column === undefined) {
      this.#column = findColumn(cells, this.#asked);
      if (this.#column.isHeading) {
        return;
      }
    }
    this.#count();
    const read = readMember(cells[this.#column.index] ?? '', this.#asked.by);
    if (read.kind === 'member') {
      const { pseudonymOf } = this.#asked;
      this.#members.add(pseudonymOf === undefined ? read.value : pseudonymOf(read.value));
    } else {
      this.#refuse(line, read.reason);
    }
  }

  onBroken(line: number, reason: string): void {
    this.#count();
    this.#refuse(line, reason);
  }

  async finish(): Promise<TakenMembers> {
    const taken = this.#lines - this.#refused;
    if (taken === 0) {
      const [first] = this.#firstRefused;
      const detail =
        first === undefined
          ? 'The list is empty; send at least one line.'
          : `Not one line names a member; line ${first.line} ${first.reason}.`;
      throw new Problem('body-invalid', detail);
    }
    const members = await this.#members.build();
    return {
      members,
      report: {
        lines: this.#lines,
        duplicates: taken - members.size,
        refused: this.#refused,
        firstRefused: this.#firstRefused,
      },
    };
  }

  #count(): void {
    this.#lines += 1;
    if (this.#lines > mostListLines) {
      const most = mostListLines.toLocaleString('en');
      throw new Problem('body-too-large', `A list may have ${most} lines; split it into several.`);
    }
  }

  #refuse(line: number, reason: string): void {
    this.#refused += 1;
    if (this.#firstRefused.length < MOST_REFUSED_NAMED) {
      this.#firstRefused.push({ line, reason });
    }
  }
}
