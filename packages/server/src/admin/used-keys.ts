import { MINUTE_MS } from '@tenth/model/time.ts';
import { LRUCache } from 'lru-cache';
import type { FoundKey, KeyKind, KeyStore } from './ports.ts';

/** Keys by their secrets, each use written down. */
export class UsedKeys {
  readonly #store: Pick<KeyStore, 'findBySecret' | 'markUsed'>;
  readonly #now: () => number;
  /** When a key's use was last written down, so that it is at most once a minute. */
  readonly #noted = new LRUCache<string, true>({ max: 1_000, ttl: MINUTE_MS });

  constructor(store: Pick<KeyStore, 'findBySecret' | 'markUsed'>, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /**
   * @param secret As it is stored: of an API key its hash.
   * @returns undefined where there is none, or it has run out.
   */
  async find(kind: KeyKind, secret: string): Promise<FoundKey | undefined> {
    const now = this.#now();
    const found = await this.#store.findBySecret(kind, secret, now);
    if (found === undefined) {
      return undefined;
    }
    const { workspaceId, key } = found;
    const note = `${workspaceId}/${key.id}`;
    if (!this.#noted.has(note)) {
      this.#noted.set(note, true);
      await this.#store.markUsed(workspaceId, key.id, now);
    }
    return found;
  }
}
