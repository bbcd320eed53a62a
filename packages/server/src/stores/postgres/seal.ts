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

export function isSealed(stored: string): boolean {
  return stored.startsWith(PREFIX);
}

/**
 * AES-256-GCM under a key of its own for each purpose, derived by HKDF-SHA-256 (RFC 5869).
 *
 * @param secretKey Of the configuration; undefined keeps everything as it is.
 * @param purpose   What is sealed: no other purpose opens it.
 */
export function createSeal(secretKey: string | undefined, purpose: string): Seal {
  const key =
    secretKey === undefined
      ? undefined
      : Buffer.from(hkdfSync('sha256', secretKey, 'tenth', purpose, KEY_BYTES));
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
      return key === undefined ? undefined : unseal(key, stored.slice(PREFIX.length), place);
    },
  };
}

function unseal(key: Buffer, text: string, place: string): string | undefined {
  const bytes = Buffer.from(text, 'base64url');
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
