import { createHash } from 'node:crypto';

/** Douglas Crockford's base 32, in lower case: no i, l, o, u. */
const BASE32 = '0123456789abcdefghjkmnpqrstvwxyz';

/** The first 128 bits of the text's SHA-256, in 26 characters. */
export function hash128(text: string): string {
  const digest = createHash('sha256').update(text).digest();
  let out = '';
  let bits = 0;
  let pending = 0;
  // 128 bits are 25 characters of 5 bits and a rest of 3.
  for (let index = 0; index < 16; index += 1) {
    pending = (pending << 8) | (digest[index] ?? 0);
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += BASE32[(pending >>> bits) & 31];
    }
    pending &= (1 << bits) - 1;
  }
  return out + BASE32[(pending << (5 - bits)) & 31];
}
