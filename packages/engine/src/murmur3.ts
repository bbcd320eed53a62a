const C1 = 0xcc9e2d51;
const C2 = 0x1b873593;

/**
 * MurmurHash3, 32 bits, seed 0, over the UTF-8 of a text, as ClickHouse's `murmurHash3_32` has it.
 * Returns an unsigned integer.
 *
 * @source Austin Appleby, MurmurHash3_x86_32, https://github.com/aappleby/smhasher
 */
export function murmur3(text: string): number {
  let hash = 0;
  let block = 0;
  let length = 0;
  const add = (byte: number): void => {
    block |= byte << ((length & 3) * 8);
    length += 1;
    if ((length & 3) === 0) {
      hash = Math.imul(rotated(hash ^ mixed(block), 13), 5) + 0xe6546b64;
      block = 0;
    }
  };
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      add(unit);
    } else {
      // Half a surrogate pair becomes U+FFFD, as in every encoder of UTF-8.
      const point = text.codePointAt(index) ?? 0;
      index += point > 0xffff ? 1 : 0;
      addEncoded(point >= 0xd800 && point <= 0xdfff ? 0xfffd : point, add);
    }
  }
  if ((length & 3) !== 0) {
    hash ^= mixed(block);
  }
  hash ^= length;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function mixed(block: number): number {
  return Math.imul(rotated(Math.imul(block, C1), 15), C2);
}

function rotated(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** The UTF-8 of a code point from U+0080 on, byte by byte. */
function addEncoded(point: number, add: (byte: number) => void): void {
  if (point < 0x800) {
    add(0xc0 | (point >> 6));
  } else if (point < 0x10000) {
    add(0xe0 | (point >> 12));
    add(0x80 | ((point >> 6) & 63));
  } else {
    add(0xf0 | (point >> 18));
    add(0x80 | ((point >> 12) & 63));
    add(0x80 | ((point >> 6) & 63));
  }
  add(0x80 | (point & 63));
}
