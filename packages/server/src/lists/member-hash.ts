/**
 * What stands for a member wherever lists are kept: SipHash-2-4 of the UTF-8 text under the key 0, as
 * 64 bits. ClickHouse has the same as `sipHash64(text)`, so that a list can be asked on either side.
 *
 * @source Aumasson and Bernstein, SipHash (2012), section 2
 */

/** Where the halves of a hash lie, so that a BigUint64Array over the same memory reads it whole. */
const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
export const LOW_WORD = LITTLE_ENDIAN ? 0 : 1;
export const HIGH_WORD = LITTLE_ENDIAN ? 1 : 0;

// The state of one hash, its 64-bit words as halves: v0 high, v0 low, v1 high, and so on. Shared, since
// a hash is worked out in one go and asking a list must not make garbage.
const state = new Int32Array(8);
const encoder = new TextEncoder();
let bytes = new Uint8Array(1_024);

/** Writes the hash of a member into two neighbouring places, at {@link LOW_WORD} and {@link HIGH_WORD}. */
export function hashMember(value: string, into: Uint32Array, at: number): void {
  const length = encode(value);
  // The initial words, "somepseudorandomlygeneratedbytes" in ASCII.
  state[0] = 0x736f6d65;
  state[1] = 0x70736575;
  state[2] = 0x646f7261;
  state[3] = 0x6e646f6d;
  state[4] = 0x6c796765;
  state[5] = 0x6e657261;
  state[6] = 0x74656462;
  state[7] = 0x79746573;
  const whole = length - (length % 8);
  for (let offset = 0; offset < whole; offset += 8) {
    compress(readWord(offset + 4), readWord(offset));
  }
  // The last word: what is left over, and the length in the highest byte.
  bytes.fill(0, length, whole + 8);
  compress(readWord(whole + 4) | (length << 24), readWord(whole));
  state[5] = word(5) ^ 0xff;
  rounds(4);
  into[at + LOW_WORD] = word(1) ^ word(3) ^ word(5) ^ word(7);
  into[at + HIGH_WORD] = word(0) ^ word(2) ^ word(4) ^ word(6);
}

function encode(value: string): number {
  // UTF-8 needs at most three bytes a UTF-16 unit; the last word is filled up.
  const most = value.length * 3 + 8;
  if (bytes.length < most) {
    bytes = new Uint8Array(most);
  }
  return encoder.encodeInto(value, bytes).written;
}

function readWord(offset: number): number {
  return (
    (bytes[offset] ?? 0) |
    ((bytes[offset + 1] ?? 0) << 8) |
    ((bytes[offset + 2] ?? 0) << 16) |
    ((bytes[offset + 3] ?? 0) << 24)
  );
}

function word(index: number): number {
  return state[index] ?? 0;
}

function compress(high: number, low: number): void {
  state[6] = word(6) ^ high;
  state[7] = word(7) ^ low;
  rounds(2);
  state[0] = word(0) ^ high;
  state[1] = word(1) ^ low;
}

function rounds(count: number): void {
  let h0 = word(0);
  let l0 = word(1);
  let h1 = word(2);
  let l1 = word(3);
  let h2 = word(4);
  let l2 = word(5);
  let h3 = word(6);
  let l3 = word(7);
  for (let round = 0; round < count; round += 1) {
    let sum = 0;
    let high = 0;
    // v0 += v1; v1 = rotl(v1, 13) ^ v0; v0 = rotl(v0, 32)
    sum = (l0 >>> 0) + (l1 >>> 0);
    h0 = (h0 + h1 + (sum > 0xffffffff ? 1 : 0)) | 0;
    l0 = sum | 0;
    high = (h1 << 13) | (l1 >>> 19);
    l1 = ((l1 << 13) | (h1 >>> 19)) ^ l0;
    h1 = high ^ h0;
    high = l0;
    l0 = h0;
    h0 = high;
    // v2 += v3; v3 = rotl(v3, 16) ^ v2
    sum = (l2 >>> 0) + (l3 >>> 0);
    h2 = (h2 + h3 + (sum > 0xffffffff ? 1 : 0)) | 0;
    l2 = sum | 0;
    high = (h3 << 16) | (l3 >>> 16);
    l3 = ((l3 << 16) | (h3 >>> 16)) ^ l2;
    h3 = high ^ h2;
    // v0 += v3; v3 = rotl(v3, 21) ^ v0
    sum = (l0 >>> 0) + (l3 >>> 0);
    h0 = (h0 + h3 + (sum > 0xffffffff ? 1 : 0)) | 0;
    l0 = sum | 0;
    high = (h3 << 21) | (l3 >>> 11);
    l3 = ((l3 << 21) | (h3 >>> 11)) ^ l0;
    h3 = high ^ h0;
    // v2 += v1; v1 = rotl(v1, 17) ^ v2; v2 = rotl(v2, 32)
    sum = (l2 >>> 0) + (l1 >>> 0);
    h2 = (h2 + h1 + (sum > 0xffffffff ? 1 : 0)) | 0;
    l2 = sum | 0;
    high = (h1 << 17) | (l1 >>> 15);
    l1 = ((l1 << 17) | (h1 >>> 15)) ^ l2;
    h1 = high ^ h2;
    high = l2;
    l2 = h2;
    h2 = high;
  }
  state[0] = h0;
  state[1] = l0;
  state[2] = h1;
  state[3] = l1;
  state[4] = h2;
  state[5] = l2;
  state[6] = h3;
  state[7] = l3;
}
