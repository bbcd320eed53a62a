import type { WorkspaceId } from '@tenth/model/ids.ts';
import { type KeyedHashes, keyedHash } from './keyed-hashes.ts';

/** What stands for ids and addresses in a workspace that holds no others. */
export class Pseudonyms {
  readonly #hashes: KeyedHashes;

  constructor(hashes: KeyedHashes) {
    this.#hashes = hashes;
  }

  /** 32 characters of hex for any text: the same text, the same pseudonym. */
  async of(workspaceId: WorkspaceId): Promise<(text: string) => string> {
    const salt = await this.#hashes.saltOf(workspaceId);
    return (text) => keyedHash(salt, 'pseudonym', text);
  }
}
