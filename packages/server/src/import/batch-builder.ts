import type { JsonObject } from '@tenth/model/json.ts';
import { importMessageId } from './message-id.ts';
import type { SourceLine } from './readers/source-line.ts';
import type { RejectedLine } from './reject-file.ts';

/** Records that are sent and remembered together. */
export interface ImportBatch {
  readonly messages: readonly SentMessage[];
  /** Records among them that cannot be sent. */
  readonly refused: readonly RejectedLine[];
  /** Of the last record. */
  readonly endOffset: number;
  readonly line: number;
}

export interface SentMessage {
  readonly message: JsonObject;
  readonly line: number;
  readonly raw: string;
}

const MAX_MESSAGES = 500;
/** Collection takes 500 KB a batch and 32 KB an event; a tenth is left for the envelope. */
const MAX_BATCH_BYTES = 450_000;
const MAX_MESSAGE_BYTES = 32_768;
/** A long run of broken records is remembered now and then, too. */
const MAX_REFUSED = 5_000;

/** Gathers records into batches that collection takes. */
export class BatchBuilder {
  readonly #sourceName: string;
  #messages: SentMessage[] = [];
  #refused: RejectedLine[] = [];
  #bytes = 0;
  #end: { readonly endOffset: number; readonly line: number } | undefined;
  /** A batch ends only where reading can go on. */
  #canEnd = true;

  constructor(sourceName: string) {
    this.#sourceName = sourceName;
  }

  /** @returns A batch that is full without this record. */
  add(record: SourceLine): ImportBatch | undefined {
    const { line, endOffset, raw } = record;
    if (record.kind === 'refused') {
      const { field, reason } = record;
      return this.#put({ line, endOffset, bytes: 0, refused: { line, field, reason, raw } });
    }
    const message = this.#withId(record.message, line);
    const bytes = Buffer.byteLength(JSON.stringify(message)) + 1;
    if (bytes > MAX_MESSAGE_BYTES) {
      const refused = {
        line,
        field: '',
        reason: `has ${bytes} bytes; an event has at most 32 KB`,
        raw,
      };
      return this.#put({ line, endOffset, bytes: 0, refused });
    }
    return this.#put({ line, endOffset, bytes, sent: { message, line, raw } });
  }

  /** What has been gathered; undefined where nothing has. */
  take(): ImportBatch | undefined {
    if (this.#end === undefined) {
      return undefined;
    }
    const batch = { messages: this.#messages, refused: this.#refused, ...this.#end };
    this.#messages = [];
    this.#refused = [];
    this.#bytes = 0;
    this.#end = undefined;
    return batch;
  }

  #put(record: {
    readonly line: number;
    readonly endOffset: number | undefined;
    readonly bytes: number;
    readonly sent?: SentMessage;
    readonly refused?: RejectedLine;
  }): ImportBatch | undefined {
    const isFull =
      this.#messages.length >= MAX_MESSAGES ||
      this.#refused.length >= MAX_REFUSED ||
      this.#bytes + record.bytes > MAX_BATCH_BYTES;
    const full = isFull && this.#canEnd ? this.take() : undefined;
    this.#messages.push(...(record.sent === undefined ? [] : [record.sent]));
    this.#refused.push(...(record.refused === undefined ? [] : [record.refused]));
    this.#bytes += record.bytes;
    this.#canEnd = record.endOffset !== undefined;
    if (record.endOffset !== undefined) {
      this.#end = { endOffset: record.endOffset, line: record.line };
    }
    return full;
  }

  #withId(message: JsonObject, line: number): JsonObject {
    const own = message.messageId;
    return typeof own === 'string' && own !== ''
      ? message
      : { ...message, messageId: importMessageId(this.#sourceName, line) };
  }
}
