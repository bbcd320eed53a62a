import type { WorkspaceId } from '@tenth/model/ids.ts';
import { LRUCache } from 'lru-cache';
import type { WriteKeys } from '../ports.ts';

/** Until then a key revoked on another node goes on working here. */
const KEPT_MS = 10_000;

/** Remembers write keys, known and unknown, so that a request asks the store for one but rarely. */
export class KnownWriteKeys implements WriteKeys {
  readonly #source: WriteKeys;
  readonly #kept = new LRUCache<string, { readonly workspaceId: WorkspaceId | undefined }>({
    max: 10_000,
    ttl: KEPT_MS,
  });

  constructor(source: WriteKeys) {
    this.#source = source;
  }

  async findWorkspace(writeKey: string): Promise<WorkspaceId | undefined> {
    const kept = this.#kept.get(writeKey);
    if (kept !== undefined) {
      return kept.workspaceId;
    }
    const workspaceId = await this.#source.findWorkspace(writeKey);
    this.#kept.set(writeKey, { workspaceId });
    return workspaceId;
  }

  /** The key was made or revoked. */
  forget(writeKey: string): void {
    this.#kept.delete(writeKey);
  }
}
