import type { JsonObject } from '@tenth/model/json.ts';
import { importMessageId } from './message-id.ts';
import type { SourceLine } from './readers/source-line.ts';
import type { RejectedLine } from './reject-file.ts';
import type { StoredLine } from './unended-line.ts';

/** Records that are sent and remembered together. */
export interface ImportBatch {
  readonly messages: readonly SentMessage[];
  /** Records among them that cannot be sent. */
  readonly refused: readonly RejectedLine[];
  /** Where a later run goes on; undefined where it has to begin with this batch again. */
  readonly end: BatchEnd | undefined;
  /** After `end`: the last record, which had no line end and is sent as it stood. */
  readonly taken: string | undefined;
}

export interface BatchEnd {
  readonly endOffset: number;
  /** Last line before it. */
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
  #end: BatchEnd | undefined;
  #last: BatchEnd | undefined;
  #taken: string | undefined;
  #unsettled: RejectedLine[] = [];

  constructor(sourceName: string) {
    this.#sourceName = sourceName;
  }

  /** Refused records at the end of the file, which a later run may find longer and reads again. */
  get unsettled(): readonly RejectedLine[] {
    return this.#unsettled;
  }

  /** @returns A batch that is full without this record. */
  add(record: SourceLine | StoredLine): ImportBatch | undefined {
    const { line, raw } = record;
    if (record.kind === 'stored') {
      this.#last = record.mayGrow ? this.#last : record;
      return undefined;
    }
    if (record.kind === 'refused') {
      const { field, reason } = record;
      return this.#refuse(record, { line, field, reason, raw });
    }
    const message = this.#withId(record.message, line);
    const bytes = Buffer.byteLength(JSON.stringify(message)) + 1;
    if (bytes > MAX_MESSAGE_BYTES) {
      const reason = `has ${bytes} bytes; an event has at most 32 KB`;
      return this.#refuse(record, { line, field: '', reason, raw });
    }
    const full = this.#makeRoom(bytes);
    this.#messages.push({ message, line, raw });
    this.#bytes += bytes;
    this.#taken = record.mayGrow ? raw : undefined;
    this.#settle(record.mayGrow ? this.#last : record);
    return full;
  }

  /** What has been gathered; undefined where nothing has. */
  take(): ImportBatch | undefined {
    if (this.#messages.length === 0 && this.#refused.length === 0) {
      return undefined;
    }
    const batch = {
      messages: this.#messages,
      refused: this.#refused,
      end: this.#end,
      taken: this.#taken,
    };
    this.#messages = [];
    this.#refused = [];
    this.#bytes = 0;
    this.#end = undefined;
    return batch;
  }

  #refuse(record: SourceLine, refused: RejectedLine): ImportBatch | undefined {
    if (record.mayGrow) {
      this.#unsettled.push(refused);
      this.#last = record;
      return undefined;
    }
    const full = this.#makeRoom(0);
    this.#settle(record);
    this.#refused.push(refused);
    return full;
  }

  #makeRoom(bytes: number): ImportBatch | undefined {
    const isFull =
      this.#messages.length >= MAX_MESSAGES ||
      this.#refused.length >= MAX_REFUSED ||
      this.#bytes + bytes > MAX_BATCH_BYTES;
    return isFull ? this.take() : undefined;
  }

  /** Whatever came before a settled record is settled with it. */
  #settle(end: BatchEnd | undefined): void {
    this.#refused.push(...this.#unsettled);
    this.#unsettled = [];
    this.#end = end && { endOffset: end.endOffset, line: end.line };
    this.#last = this.#end;
  }

  #withId(message: JsonObject, line: number): JsonObject {
    const own = message.messageId;
    return typeof own === 'string' && own !== ''
      ? message
      : { ...message, messageId: importMessageId(this.#sourceName, line) };
  }
}
