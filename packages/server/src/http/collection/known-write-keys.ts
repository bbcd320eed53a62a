import { LRUCache } from 'lru-cache';
import type { StoredKey } from '../../admin/ports.ts';
import type { UsedKeys } from '../../admin/used-keys.ts';
import type { WriteKeys, WriteKeyUse } from '../ports.ts';

/** Until then a key revoked on another node goes on working here, should nobody tell of it. */
const KEPT_MS = 10_000;

const MOST_KNOWN = 10_000;
/** Anybody can send any number of them, and most come once. */
const MOST_UNKNOWN = 1_000;

/** What is no key is not asked for, and takes no room among what is remembered: anybody can send it. */
const COULD_BE_KEY = /^[\w-]{1,200}$/;

/** Remembers write keys, known and unknown, so that a request asks the store for one but rarely. */
export class KnownWriteKeys implements WriteKeys {
  readonly #source: WriteKeys;
  readonly #known = new LRUCache<string, WriteKeyUse>({ max: MOST_KNOWN, ttl: KEPT_MS });
  /** Apart, so that they do not crowd out the others. */
  readonly #unknown = new LRUCache<string, true>({ max: MOST_UNKNOWN, ttl: KEPT_MS });
  /** Asked for now: all requests that need the key wait for the one question. */
  readonly #asked = new Map<string, Promise<WriteKeyUse | undefined>>();

  constructor(source: WriteKeys) {
    this.#source = source;
  }

  async find(writeKey: string): Promise<WriteKeyUse | undefined> {
    if (!COULD_BE_KEY.test(writeKey)) {
      return undefined;
    }
    const known = this.#known.get(writeKey);
    return known === undefined && !this.#unknown.has(writeKey) ? this.#ask(writeKey) : known;
  }

  /** The key has changed or is gone. */
  forgetKey({ secret, previous }: StoredKey): void {
    this.forget(secret);
    if (previous !== undefined) {
      this.forget(previous.secret);
    }
  }

  /** The key was made or revoked. */
  forget(writeKey: string): void {
    this.#known.delete(writeKey);
    this.#unknown.delete(writeKey);
    this.#asked.delete(writeKey);
  }

  /** Any of them may have been made or revoked, elsewhere. */
  forgetAll(): void {
    this.#known.clear();
    this.#unknown.clear();
    this.#asked.clear();
  }

  #ask(writeKey: string): Promise<WriteKeyUse | undefined> {
    const asked = this.#asked.get(writeKey);
    if (asked !== undefined) {
      return asked;
    }
    const asking = this.#source.find(writeKey).then(
      (use) => {
        // Forgotten meanwhile: the answer may be from before.
        if (this.#asked.get(writeKey) === asking) {
          this.#asked.delete(writeKey);
          this.#keep(writeKey, use);
        }
        return use;
      },
      (error: unknown) => {
        this.#asked.delete(writeKey);
        throw error;
      },
    );
    this.#asked.set(writeKey, asking);
    return asking;
  }

  #keep(writeKey: string, use: WriteKeyUse | undefined): void {
    if (use === undefined) {
      this.#unknown.set(writeKey, true);
    } else {
      this.#known.set(writeKey, use);
    }
  }
}

/** Write keys as they are stored. */
export function writeKeysOf(keys: Pick<UsedKeys, 'find'>): WriteKeys {
  return {
    async find(writeKey) {
      const found = await keys.find('write_key', writeKey);
      return found === undefined
        ? undefined
        : { workspaceId: found.workspaceId, origins: found.key.origins };
    },
  };
}
