import { Problem } from '@tenth/model/problem.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { LRUCache } from 'lru-cache';

const ATTEMPTS_AN_ADDRESS = 10;
const ATTEMPTS_IN_ALL = 60;
const WINDOW_MS = 15 * MINUTE_MS;
/** Each takes 128 MB and a thread. */
const ATTEMPTS_AT_ONCE = 2;

interface Attempts {
  readonly since: number;
  readonly failures: number;
}

/**
 * Slows down guessing: so many wrong passwords in 15 minutes from one address, and from everywhere,
 * and so many checked at one time.
 */
export class SignInThrottle {
  readonly #now: () => number;
  readonly #byAddress = new LRUCache<string, Attempts>({ max: 10_000 });
  #all: Attempts = { since: 0, failures: 0 };
  #underWay = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * @param attempt Says whether the password was right.
   * @throws {Problem} too-many-attempts
   */
  async run(address: string, attempt: () => Promise<boolean>): Promise<boolean> {
    const own = this.#current(this.#byAddress.get(address));
    this.#all = this.#current(this.#all);
    if (
      own.failures >= ATTEMPTS_AN_ADDRESS ||
      this.#all.failures >= ATTEMPTS_IN_ALL ||
      this.#underWay >= ATTEMPTS_AT_ONCE
    ) {
      throw new Problem('too-many-attempts', 'Wait a quarter of an hour and try again.');
    }
    // Counted before it is checked, or many at once would all pass the test above.
    this.#byAddress.set(address, { ...own, failures: own.failures + 1 });
    this.#all = { ...this.#all, failures: this.#all.failures + 1 };
    this.#underWay += 1;
    try {
      const isRight = await attempt();
      if (isRight) {
        this.#byAddress.delete(address);
        this.#all = { ...this.#all, failures: Math.max(0, this.#all.failures - 1) };
      }
      return isRight;
    } finally {
      this.#underWay -= 1;
    }
  }

  #current(attempts: Attempts | undefined): Attempts {
    const now = this.#now();
    return attempts === undefined || now - attempts.since >= WINDOW_MS
      ? { since: now, failures: 0 }
      : attempts;
  }
}
