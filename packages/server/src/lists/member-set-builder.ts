import { setImmediate as nextTurn } from 'node:timers/promises';
import { HIGH_WORD, hashMember, LOW_WORD } from './member-hash.ts';
import { MemberSet } from './member-set.ts';

const FIRST_ROOM = 1_024;
/** Hashes are spread evenly, so their first eight bits part them into pieces that sort in no time. */
const PIECES = 256;
const PIECES_A_TURN = 16;
const MEMBERS_A_TURN = 50_000;

/** Collects members in any order, more than once too, and makes a set of them. */
export class MemberSetBuilder {
  #words = new Uint32Array(FIRST_ROOM * 2);
  #count = 0;

  add(value: string): void {
    const at = this.#count * 2;
    if (at === this.#words.length) {
      const larger = new Uint32Array(at * 2);
      larger.set(this.#words);
      this.#words = larger;
    }
    hashMember(value, this.#words, at);
    this.#count += 1;
  }

  /** Sorts piece by piece: a million at once would hold up every request for 100 ms. */
  async build(): Promise<MemberSet> {
    const hashes = new BigUint64Array(this.#count);
    const ends = await this.#intoPieces(hashes);
    for (let piece = 0; piece < PIECES; piece += 1) {
      hashes.subarray(ends[piece - 1] ?? 0, ends[piece] ?? 0).sort();
      if (piece % PIECES_A_TURN === PIECES_A_TURN - 1) {
        await nextTurn();
      }
    }
    return new MemberSet(withoutDoubles(hashes));
  }

  /** @returns Where each piece ends. */
  async #intoPieces(hashes: BigUint64Array<ArrayBuffer>): Promise<Uint32Array> {
    const words = this.#words;
    const sizes = new Uint32Array(PIECES);
    await inTurns(this.#count, (index) => {
      const piece = (words[index * 2 + HIGH_WORD] ?? 0) >>> 24;
      sizes[piece] = (sizes[piece] ?? 0) + 1;
    });
    // Each begins where the one before ends, and grows as it is filled.
    const ends = new Uint32Array(PIECES);
    for (let piece = 1; piece < PIECES; piece += 1) {
      ends[piece] = (ends[piece - 1] ?? 0) + (sizes[piece - 1] ?? 0);
    }
    const sorted = new Uint32Array(hashes.buffer);
    await inTurns(this.#count, (index) => {
      const piece = (words[index * 2 + HIGH_WORD] ?? 0) >>> 24;
      const to = ends[piece] ?? 0;
      sorted[to * 2] = words[index * 2] ?? 0;
      sorted[to * 2 + 1] = words[index * 2 + 1] ?? 0;
      ends[piece] = to + 1;
    });
    return ends;
  }
}

/** Does something so many times, and lets others in between. */
async function inTurns(times: number, work: (index: number) => void): Promise<void> {
  for (let from = 0; from < times; from += MEMBERS_A_TURN) {
    const until = Math.min(times, from + MEMBERS_A_TURN);
    for (let index = from; index < until; index += 1) {
      work(index);
    }
    await nextTurn();
  }
}

function withoutDoubles(hashes: BigUint64Array<ArrayBuffer>): BigUint64Array {
  const words = new Uint32Array(hashes.buffer);
  let kept = 0;
  for (let index = 0; index < hashes.length; index += 1) {
    const low = words[index * 2 + LOW_WORD] ?? 0;
    const high = words[index * 2 + HIGH_WORD] ?? 0;
    const isDouble =
      kept > 0 &&
      words[kept * 2 - 2 + LOW_WORD] === low &&
      words[kept * 2 - 2 + HIGH_WORD] === high;
    if (!isDouble) {
      words[kept * 2 + LOW_WORD] = low;
      words[kept * 2 + HIGH_WORD] = high;
      kept += 1;
    }
  }
  // A copy where some went, so that their memory goes too.
  return kept === hashes.length ? hashes : hashes.slice(0, kept);
}
