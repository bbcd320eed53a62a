import type { EpochMs } from '@tenth/model/time.ts';
import { SECOND_MS } from '@tenth/model/time.ts';

/** Of the last commits so many are looked at. */
const LOOKED_AT = 20;
/** From this share of lost ones on, remembering people costs more than reading them. */
const MOST_LOST = 0.25;
/** Then it is tried again whether visitors stay on one server by now. */
const HELD_MS = 10 * SECOND_MS;

/**
 * Whether other servers change the same people, as when no load balancer keeps visitors on one: then
 * whoever is in memory is out of date by the next event, and each commit would be lost once to find out.
 */
export class Contention {
  /** The last commits, whether each was lost. */
  #outcomes: boolean[] = [];
  #until: EpochMs = 0;

  /** @returns Whether it is high from now on, and was not before: all who are in memory may be out of date. */
  add(isLost: boolean, now: EpochMs): boolean {
    this.#outcomes = [...this.#outcomes.slice(1 - LOOKED_AT), isLost];
    const lost = this.#outcomes.filter(Boolean).length;
    if (lost < LOOKED_AT * MOST_LOST) {
      return false;
    }
    const wasHigh = this.isHigh(now);
    this.#until = now + HELD_MS;
    this.#outcomes = [];
    return !wasHigh;
  }

  /** People are better read again for each event than remembered. */
  isHigh(now: EpochMs): boolean {
    return now < this.#until;
  }
}
