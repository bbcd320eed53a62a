import { createHash, randomBytes } from 'node:crypto';

/** 256 bits, in characters that need no escaping anywhere. */
export function newSecret(prefix: string): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** A fast hash will do for secrets that are random themselves. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

export function newKeyId(): string {
  return randomBytes(9).toString('base64url').replaceAll(/[-_]/g, '0').toLowerCase();
}
