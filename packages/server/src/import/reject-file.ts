import { type FileHandle, open } from 'node:fs/promises';

/** A record that was not imported. */
export interface RejectedLine {
  readonly line: number;
  /** Column or path of the offending field; empty for the record as a whole. */
  readonly field: string;
  readonly reason: string;
  /** The record as it stands in the source. */
  readonly raw: string;
}

/** Rejected records as JSON lines, to be mended and imported again. */
export class RejectFile {
  readonly #file: FileHandle;
  #bytes: number;

  private constructor(file: FileHandle, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /** @param keepBytes What earlier runs stand by; anything after it is cut off. */
  static async open(path: string, keepBytes: number): Promise<RejectFile> {
    const file = await open(path, 'a');
    // Whoever mends rejects may have taken them out; truncating to more than there is would add zeros.
    const bytes = Math.min(keepBytes, (await file.stat()).size);
    await file.truncate(bytes);
    return new RejectFile(file, bytes);
  }

  get bytes(): number {
    return this.#bytes;
  }

  async append(lines: readonly RejectedLine[]): Promise<void> {
    if (lines.length > 0) {
      const text = Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
      await this.#file.appendFile(text);
      await this.#file.sync();
      this.#bytes += text.length;
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}
