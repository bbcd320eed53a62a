import { MINUTE_MS } from '@tenth/model/time.ts';
import { LRUCache } from 'lru-cache';
import type { Caller } from './call.ts';
import type { KeyStore } from './ports.ts';
import { hashSecret } from './secrets.ts';

/** Scripts and servers that call with an API key. */
export class ApiCallers {
  readonly #store: KeyStore;
  readonly #now: () => number;
  /** When a key's use was last written down, so that it is at most once a minute. */
  readonly #noted = new LRUCache<string, true>({ max: 1_000, ttl: MINUTE_MS });

  constructor(store: KeyStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  async find(secret: string): Promise<Caller | undefined> {
    const found = await this.#store.findBySecret('api_key', hashSecret(secret));
    if (found === undefined) {
      return undefined;
    }
    const { workspaceId, key } = found;
    const note = `${workspaceId}/${key.id}`;
    if (!this.#noted.has(note)) {
      this.#noted.set(note, true);
      await this.#store.markUsed(workspaceId, key.id, this.#now());
    }
    return { workspaceId, scopes: key.scopes, identity: { kind: 'api_key', id: key.id } };
  }
}
