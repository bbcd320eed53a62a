import { Problem } from '@tenth/model/problem.ts';
import { MINUTE_MS, SECOND_MS } from '@tenth/model/time.ts';
import { LRUCache } from 'lru-cache';
import { addressGroup } from '../address-group.ts';

const ATTEMPTS_AN_ADDRESS = 10;
/** More than one address may use up: who guesses from one must not lock the account's owner out. */
const ATTEMPTS_AN_ACCOUNT = 30;
const WINDOW_MS = 15 * MINUTE_MS;
/** Each takes 19 MB and a thread, or 128 MB where the hash is an old one. */
const ATTEMPTS_AT_ONCE = 4;

interface Attempts {
  readonly since: number;
  readonly failures: number;
}

/**
 * Slows down guessing: so many wrong passwords or codes in 15 minutes from one address, and for one
 * account, and so many checked at one time.
 */
export class SignInThrottle {
  readonly #now: () => number;
  /** By address, or the network of IPv6 that one subscriber has. */
  readonly #byAddress = new LRUCache<string, Attempts>({ max: 10_000 });
  readonly #byAccount = new LRUCache<string, Attempts>({ max: 10_000 });
  #underWay = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * @param attempt Throws where it was wrong.
   * @throws {Problem} too-many-attempts; what the attempt threw.
   */
  async run<Result>(
    { address, account }: { readonly address: string; readonly account: string },
    attempt: () => Promise<Result>,
  ): Promise<Result> {
    // This machine's own have no group, and are counted all the same.
    const from = addressGroup(address) ?? address;
    const ofAddress = this.#current(this.#byAddress.get(from));
    const ofAccount = this.#current(this.#byAccount.get(account));
    this.#refuse(ofAddress, ATTEMPTS_AN_ADDRESS);
    this.#refuse(ofAccount, ATTEMPTS_AN_ACCOUNT);
    if (this.#underWay >= ATTEMPTS_AT_ONCE) {
      throw new Problem('too-many-attempts', 'Try again in a moment.');
    }
    // Counted before it is checked, or many at once would all pass the test above.
    this.#byAddress.set(from, { ...ofAddress, failures: ofAddress.failures + 1 });
    this.#byAccount.set(account, { ...ofAccount, failures: ofAccount.failures + 1 });
    this.#underWay += 1;
    try {
      const result = await attempt();
      this.#byAddress.delete(from);
      this.#byAccount.delete(account);
      return result;
    } finally {
      this.#underWay -= 1;
    }
  }

  #refuse({ since, failures }: Attempts, most: number): void {
    if (failures >= most) {
      const retryAfterSeconds = Math.ceil((since + WINDOW_MS - this.#now()) / SECOND_MS);
      throw new Problem(
        'too-many-attempts',
        'Wait a quarter of an hour and try again.',
        undefined,
        {
          retryAfterSeconds,
        },
      );
    }
  }

  #current(attempts: Attempts | undefined): Attempts {
    const now = this.#now();
    return attempts === undefined || now - attempts.since >= WINDOW_MS
      ? { since: now, failures: 0 }
      : attempts;
  }
}
