import { createHmac, randomBytes } from 'node:crypto';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { SaltStore } from './ports.ts';

/** What a hash is made for. The same text has another hash for each, so that they cannot be compared. */
export type HashPurpose = 'subject' | 'suppression' | 'pseudonym';

const SALT_BYTES = 32;
/** 128 bits, in hex. */
const HASH_CHARACTERS = 32;

/** The first 128 bits of HMAC-SHA-256 under the workspace's salt, in hex. Pure. */
export function keyedHash(salt: string, purpose: HashPurpose, text: string): string {
  return createHmac('sha256', Buffer.from(salt, 'hex'))
    .update(`${purpose}\n${text}`)
    .digest('hex')
    .slice(0, HASH_CHARACTERS);
}

/** Hashes that only this installation can make: without the salt, an id that can be guessed cannot be tried. */
export class KeyedHashes {
  readonly #store: SaltStore;
  readonly #salts = new Map<WorkspaceId, Promise<string>>();

  constructor(store: SaltStore) {
    this.#store = store;
  }

  async hash(workspaceId: WorkspaceId, purpose: HashPurpose, text: string): Promise<string> {
    return keyedHash(await this.saltOf(workspaceId), purpose, text);
  }

  /** In hex; made at the first question. */
  saltOf(workspaceId: WorkspaceId): Promise<string> {
    const known = this.#salts.get(workspaceId);
    if (known !== undefined) {
      return known;
    }
    const fresh = randomBytes(SALT_BYTES).toString('hex');
    const salt = this.#store.getOrKeep(workspaceId, fresh).catch((error: unknown) => {
      this.#salts.delete(workspaceId);
      throw error;
    });
    this.#salts.set(workspaceId, salt);
    return salt;
  }
}
