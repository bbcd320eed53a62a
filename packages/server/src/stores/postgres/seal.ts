import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

/** Keeps secrets that are needed again as they are, so that who reads the database alone has none of them. */
export interface Seal {
  /**
   * @param place Whose it is. What was sealed for one place does not open in another, so that nobody who
   *   can write to the database gives somebody their own secret.
   * @returns As it is where there is no key.
   */
  seal(plain: string, place: string): string;
  /** @returns Undefined where it was sealed with another key, for another place, or there is no key. */
  open(stored: string, place: string): string | undefined;
  /** Whether it opens, and is sealed with the present key: nothing is left to do for it. */
  isCurrent(stored: string, place: string): boolean;
  /** Whether it has a key. */
  readonly isKeyed: boolean;
}

/** Marks what is sealed; in lower case, which the base 32 of what was stored before does not have. */
const PREFIX = 'v1.';
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
/** NIST SP 800-38D, 5.2.1.1 and 5.2.1.2 */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface SealKeys {
  /** Seals and opens; undefined keeps everything as it is. */
  readonly present: string | undefined;
  /** Opens as well: what it sealed waits to be sealed anew, or was by a process that has this one as its own. */
  readonly previous?: string | undefined;
}

export function isSealed(stored: string): boolean {
  return stored.startsWith(PREFIX);
}

/**
 * AES-256-GCM under a key of its own for each purpose, derived by HKDF-SHA-256 (RFC 5869).
 *
 * @param purpose What is sealed: no other purpose opens it.
 */
export function createSeal({ present, previous }: SealKeys, purpose: string): Seal {
  const key = deriveKey(present, purpose);
  const previousKey = deriveKey(previous, purpose);
  return {
    isKeyed: key !== undefined,
    seal(plain, place) {
      if (key === undefined) {
        return plain;
      }
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(CIPHER, key, nonce).setAAD(Buffer.from(place));
      const sealed = [nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return PREFIX + Buffer.concat(sealed).toString('base64url');
    },
    open(stored, place) {
      if (!isSealed(stored)) {
        return stored;
      }
      return unseal(key, stored, place) ?? unseal(previousKey, stored, place);
    },
    isCurrent: (stored, place) => isSealed(stored) && unseal(key, stored, place) !== undefined,
  };
}

function deriveKey(secretKey: string | undefined, purpose: string): Buffer | undefined {
  return secretKey === undefined
    ? undefined
    : Buffer.from(hkdfSync('sha256', secretKey, 'tenth', purpose, KEY_BYTES));
}

function unseal(key: Buffer | undefined, stored: string, place: string): string | undefined {
  if (key === undefined) {
    return undefined;
  }
  const bytes = Buffer.from(stored.slice(PREFIX.length), 'base64url');
  const tagAt = bytes.length - TAG_BYTES;
  if (tagAt < NONCE_BYTES) {
    return undefined;
  }
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(Buffer.from(place))
    .setAuthTag(bytes.subarray(tagAt));
  const plain = decipher.update(bytes.subarray(NONCE_BYTES, tagAt));
  try {
    return Buffer.concat([plain, decipher.final()]).toString('utf8');
  } catch {
    // Node says of a tag that does not fit only that it does not.
    return undefined;
  }
}
