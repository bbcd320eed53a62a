import { Problem } from '@tenth/model/problem.ts';

/**
 * As JSON; parsed and on their way they take several times that. 20,000 events of the usual size, which is
 * what may wait for a commit, are a third of it.
 */
const MOST_BYTES = 64 * 1_048_576;

/**
 * The bodies that are being worked on, so that large ones cannot fill the memory while a store is slow:
 * the number of waiting events is limited, too, but says nothing of their size.
 */
export class BodiesUnderWay {
  #bytes = 0;

  /**
   * Does something with a body, which counts until it is done.
   *
   * @throws {Problem} store-unavailable: others have to be done first. A body alone is always taken.
   */
  async during<Result>(bytes: number, work: () => Promise<Result>): Promise<Result> {
    if (this.#bytes > 0 && this.#bytes + bytes > MOST_BYTES) {
      throw new Problem(
        'store-unavailable',
        'Too many events are waiting to be stored; send these again later.',
      );
    }
    this.#bytes += bytes;
    try {
      return await work();
    } finally {
      this.#bytes -= bytes;
    }
  }
}
