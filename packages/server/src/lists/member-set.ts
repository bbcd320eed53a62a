import { HIGH_WORD, hashMember, LOW_WORD } from './member-hash.ts';

const probe = new Uint32Array(2);

/**
 * The members of one version of a list, as their sorted hashes: 8 bytes each. Of two different texts,
 * one in 18 quintillion pairs has the same hash.
 */
export class MemberSet {
  readonly #hashes: BigUint64Array;
  readonly #words: Uint32Array;

  /** @param hashes Sorted, each once. */
  constructor(hashes: BigUint64Array) {
    this.#hashes = hashes;
    this.#words = new Uint32Array(hashes.buffer, hashes.byteOffset, hashes.length * 2);
  }

  get size(): number {
    return this.#hashes.length;
  }

  /** @param value As in the upload after trimming; an e-mail address in lower case. */
  has(value: string): boolean {
    hashMember(value, probe, 0);
    const low = probe[LOW_WORD] ?? 0;
    const high = probe[HIGH_WORD] ?? 0;
    // Compared by halves: reading a 64-bit number would make an object of it.
    let from = 0;
    let to = this.size;
    while (from < to) {
      const middle = (from + to) >>> 1;
      const highThere = this.#words[middle * 2 + HIGH_WORD] ?? 0;
      const lowThere = this.#words[middle * 2 + LOW_WORD] ?? 0;
      if (highThere === high && lowThere === low) {
        return true;
      }
      if (highThere < high || (highThere === high && lowThere < low)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return false;
  }

  /** The set less these, written as for {@link MemberSet.has}; itself where it has none of them. */
  without(values: readonly string[]): MemberSet {
    const gone = new Set(values.filter((value) => this.has(value)).map(hashOf));
    return gone.size === 0 ? this : new MemberSet(this.#hashes.filter((hash) => !gone.has(hash)));
  }

  /** The hashes in order, so many at a time; views, not copies. */
  *chunks(size: number): Generator<BigUint64Array> {
    for (let from = 0; from < this.size; from += size) {
      yield this.#hashes.subarray(from, from + size);
    }
  }
}

function hashOf(value: string): bigint {
  const hash = new BigUint64Array(1);
  hashMember(value, new Uint32Array(hash.buffer), 0);
  return hash[0] ?? 0n;
}
