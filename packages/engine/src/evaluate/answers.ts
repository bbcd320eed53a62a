import type { Json } from '@tenth/model/json.ts';
import type { Leaf } from './leaf.ts';
import type { Moment } from './moment.ts';

/** Places to go on at, by the answer to a question; a negative place is an end. */
export interface Ways {
  readonly ifHolds: number;
  readonly ifFails: number;
}

/** The ends of a condition. */
export const HOLDS = -1;
export const FAILS = -2;

/** A leaf as far as it is asked. */
interface Asked {
  /** Place of its value. */
  readonly value: number;
  readonly passes: Leaf['passes'];
}

/** An answer is marked by twice its round, and 1 more where it is yes; marks are whole numbers of 32 bits. */
const LAST_ROUND = 2 ** 29;

/**
 * What leaves say of one moment, each worked out once, whichever conditions ask: the segments of a plan ask
 * the same of a person again and again. A moment never changes, so the same object has the same answers;
 * only those of the moment that was asked about last are kept.
 */
export class Answers {
  /** Place of the leaf, where to go on if it fails, and where if it holds, question after question. */
  #steps: Int32Array = new Int32Array(48);
  #stepsUsed = 0;
  readonly #leaves: Asked[] = [];
  readonly #leafPlaces = new Map<string, number>();
  /** By place of the leaf. */
  #marks: Int32Array = new Int32Array(16);
  readonly #reads: Leaf['read'][] = [];
  readonly #valuePlaces = new Map<string, number>();
  readonly #isShared: boolean[] = [];
  readonly #values: (Json | undefined)[] = [];
  readonly #valueMarks: number[] = [];
  #round = 0;
  #moment: Moment | undefined;

  /** @returns The question's place, for those that lead to it. */
  addQuestion(leaf: Leaf, { ifHolds, ifFails }: Ways): number {
    const place = this.#stepsUsed;
    this.#stepsUsed += 3;
    this.#steps = withRoom(this.#steps, this.#stepsUsed);
    this.#steps.set([this.#addLeaf(leaf), ifFails, ifHolds], place);
    return place;
  }

  /**
   * Goes from question to question until there is an answer.
   *
   * @param start Place of the first question; or an end.
   * @returns The end that was come to.
   */
  follow(start: number, moment: Moment): number {
    if (this.#moment !== moment) {
      this.#begin(moment);
    }
    const steps = this.#steps;
    const marks = this.#marks;
    const mark = this.#round * 2;
    let at = start;
    while (at >= 0) {
      const leaf = steps[at] ?? 0;
      const known = (marks[leaf] ?? 0) ^ mark;
      // Only the last bit differs in an answer of this round.
      const answer = known >>> 1 === 0 ? known : this.#answer(leaf, moment, mark);
      at = steps[at + 1 + answer] ?? 0;
    }
    return at;
  }

  /** The same place for leaves that are the same. */
  #addLeaf(leaf: Leaf): number {
    const known = this.#leafPlaces.get(leaf.key);
    if (known !== undefined) {
      return known;
    }
    const place = this.#leaves.push({ value: this.#addValue(leaf), passes: leaf.passes }) - 1;
    this.#leafPlaces.set(leaf.key, place);
    this.#marks = withRoom(this.#marks, place + 1);
    return place;
  }

  #addValue({ valueKey, read }: Leaf): number {
    const known = this.#valuePlaces.get(valueKey);
    if (known !== undefined) {
      this.#isShared[known] = true;
      return known;
    }
    const place = this.#reads.push(read) - 1;
    this.#valuePlaces.set(valueKey, place);
    this.#isShared.push(false);
    this.#values.push(undefined);
    this.#valueMarks.push(0);
    return place;
  }

  #begin(moment: Moment): void {
    if (this.#round === LAST_ROUND) {
      this.#round = 0;
      this.#marks.fill(0);
      this.#valueMarks.fill(0);
    }
    this.#round += 1;
    this.#moment = moment;
  }

  /** Reading may lead to other conditions, and to questions that are new: what is in hand stays as it is. */
  #answer(place: number, moment: Moment, mark: number): 0 | 1 {
    const leaf = this.#leaves[place];
    if (leaf === undefined) {
      throw new Error(`there is no leaf ${place}`);
    }
    const answer = leaf.passes(this.#read(leaf.value, moment, mark), moment.now) ? 1 : 0;
    this.#marks[place] = mark + answer;
    return answer;
  }

  #read(place: number, moment: Moment, mark: number): Json | undefined {
    if (this.#valueMarks[place] === mark) {
      return this.#values[place];
    }
    const value = this.#reads[place]?.(moment);
    if (this.#isShared[place] === true) {
      this.#values[place] = value;
      this.#valueMarks[place] = mark;
    }
    return value;
  }
}

/** At least doubled, so that adding one by one stays cheap. */
function withRoom(numbers: Int32Array, length: number): Int32Array {
  if (length <= numbers.length) {
    return numbers;
  }
  const larger = new Int32Array(Math.max(length, numbers.length * 2));
  larger.set(numbers);
  return larger;
}
