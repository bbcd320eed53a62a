import { type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

// OWASP's password storage cheat sheet: argon2id with 19 MiB, two passes, one lane. The library's default
// algorithm is argon2id, and the text it makes names all of this.
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
const CURRENT = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$`;
/** Of scrypt, which hashes were made with before. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

export function hashPassword(password: string): Promise<string> {
  return hash(normalized(password), COST);
}

/** @throws {Error} The stored hash is of no kind that was ever made. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  if (stored.startsWith('$argon2id$')) {
    return verify(stored, normalized(password));
  }
  const [scheme, N, r, p, salt, key] = stored.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) {
    throw new Error('the stored password hash is of an unknown kind');
  }
  const expected = Buffer.from(key, 'base64');
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: MAX_MEMORY_BYTES };
  const derived = await derive(password, Buffer.from(salt, 'base64'), expected.length, cost);
  return timingSafeEqual(derived, expected);
}

/** Whether the hash was made at another cost or by another function than new ones are. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(CURRENT);
}

/** The same password may be typed in composed or decomposed Hangul. */
function normalized(password: string): string {
  return password.normalize('NFKC');
}

function derive(
  password: string,
  salt: Buffer,
  bytes: number,
  cost: ScryptOptions,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(normalized(password), salt, bytes, cost, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
