import type { ProfileId } from '@tenth/model/ids.ts';
import type { Backfill } from './ports.ts';
import type { ProfileRange } from './read-history.ts';

/** Some people next to each other by id, and what was read of them. */
export interface WalkedPage<Found> {
  /** They are all there are in it. */
  readonly range: ProfileRange;
  readonly people: number;
  readonly found: Found;
}

export interface WalkedBy<Found> {
  /** Reads the next people after one; undefined where there are none. */
  readonly read: (after: string) => Promise<WalkedPage<Found> | undefined>;
  /** Pages that a step takes. */
  readonly mostPages: number;
  /** Ends the step after the page in hand. */
  readonly isStopping: () => boolean;
}

/** A step of a walk through everybody, by id, from where the step before has come to. */
export class Walk<Found> {
  readonly #by: WalkedBy<Found>;
  #walkedTo: string;
  #walked: number;
  #isAtEnd = true;

  constructor({ walkedTo, walked }: Backfill, by: WalkedBy<Found>) {
    this.#walkedTo = walkedTo;
    this.#walked = walked;
    this.#by = by;
  }

  async *pages(): AsyncGenerator<WalkedPage<Found>> {
    for (let pages = 0; pages < this.#by.mostPages; pages += 1) {
      const page = await this.#by.read(this.#walkedTo);
      if (page === undefined) {
        return;
      }
      this.#walkedTo = page.range.upTo;
      this.#walked += page.people;
      this.#isAtEnd = false;
      yield page;
      if (this.#by.isStopping()) {
        return;
      }
    }
  }

  /** Nobody was left to be met. */
  get isAtEnd(): boolean {
    return this.#isAtEnd;
  }

  /** How far it has come, as the store keeps it. */
  get progress(): Pick<Backfill, 'walkedTo' | 'walked'> {
    return { walkedTo: this.#walkedTo, walked: this.#walked };
  }
}

/** @returns Undefined where there are no people. */
export function pageOf<Found>(
  after: string,
  upTo: ProfileId | undefined,
  people: number,
  found: Found,
): WalkedPage<Found> | undefined {
  return upTo === undefined ? undefined : { range: { after, upTo }, people, found };
}
