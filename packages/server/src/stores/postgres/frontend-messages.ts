import type { WireValue } from './wire.ts';

const FIRST_CAPACITY = 64 * 1024;
/** A buffer that one large commit has needed is not kept for the small ones after it. */
const MOST_KEPT = 4 * 1024 * 1024;

const FORMAT_TEXT = 0;
const FORMAT_BINARY = 1;

/**
 * Writes messages of PostgreSQL's extended query protocol one after the other into memory that is used
 * again (PostgreSQL manual, "Message Formats"). With memory of its own for each message, the thread of
 * the embedded database collected garbage every 400 ms, for 25 ms, with every commit waiting.
 */
export class FrontendMessages {
  #bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
  #length = 0;

  parse(name: string, sql: string): this {
    return this.#message('P', () => {
      this.#text(name);
      this.#text(sql);
      // No types are given: the SQL casts its parameters.
      this.#int16(0);
    });
  }

  describeStatement(name: string): this {
    return this.#describe('S', name);
  }

  /** Of the result of what was bound last. */
  describePortal(): this {
    return this.#describe('P', '');
  }

  bind(statement: string, values: readonly WireValue[]): this {
    return this.#message('B', () => {
      this.#text('');
      this.#text(statement);
      this.#int16(values.length);
      for (const value of values) {
        this.#int16(value instanceof Uint8Array ? FORMAT_BINARY : FORMAT_TEXT);
      }
      this.#int16(values.length);
      for (const value of values) {
        this.#value(value);
      }
      // All results come as text.
      this.#int16(0);
    });
  }

  execute(): this {
    return this.#message('E', () => {
      this.#text('');
      // All rows.
      this.#int32(0);
    });
  }

  sync(): this {
    return this.#message('S', () => {});
  }

  /** Everything written since the last call; good until the next message is written. */
  take(): Uint8Array {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    if (this.#bytes.length > MOST_KEPT) {
      this.#bytes = Buffer.allocUnsafeSlow(FIRST_CAPACITY);
    }
    return taken;
  }

  #describe(kind: 'S' | 'P', name: string): this {
    return this.#message('D', () => {
      this.#reserve(1);
      this.#length += this.#bytes.write(kind, this.#length, 'latin1');
      this.#text(name);
    });
  }

  #message(type: string, writeBody: () => void): this {
    this.#reserve(5);
    this.#length += this.#bytes.write(type, this.#length, 'latin1');
    const lengthAt = this.#length;
    this.#length += 4;
    writeBody();
    this.#bytes.writeInt32BE(this.#length - lengthAt, lengthAt);
    return this;
  }

  #value(value: WireValue): void {
    if (value === null) {
      this.#int32(-1);
      return;
    }
    if (typeof value === 'string') {
      const bytes = Buffer.byteLength(value);
      this.#int32(bytes);
      this.#reserve(bytes);
      this.#length += this.#bytes.write(value, this.#length, 'utf8');
      return;
    }
    this.#int32(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** Ends with a zero byte, as names and SQL do. */
  #text(text: string): void {
    this.#reserve(Buffer.byteLength(text) + 1);
    this.#length += this.#bytes.write(text, this.#length, 'utf8');
    this.#length = this.#bytes.writeUInt8(0, this.#length);
  }

  #int16(value: number): void {
    this.#reserve(2);
    this.#length = this.#bytes.writeUInt16BE(value, this.#length);
  }

  #int32(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeInt32BE(value, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
      this.#bytes.copy(larger, 0, 0, this.#length);
      this.#bytes = larger;
    }
  }
}
