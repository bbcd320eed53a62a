import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** How a body is packed: rightly, or not as it says. */
export type Wrapping = 'none' | 'gzip' | 'deflate' | 'br' | 'lie' | 'bomb' | 'unknown' | 'cut';

/** The body as it is sent, and the encoding it is said to have. */
export function wrapped(
  body: Buffer,
  wrapping: Wrapping,
): { body: Buffer; encoding: string | undefined } {
  switch (wrapping) {
    case 'none':
      return { body, encoding: undefined };
    case 'gzip':
      return { body: gzipSync(body), encoding: 'gzip' };
    case 'deflate':
      return { body: deflateSync(body), encoding: 'deflate' };
    case 'br':
      return { body: brotliCompressSync(body), encoding: 'br' };
    case 'lie':
      return { body, encoding: 'gzip' };
    case 'bomb':
      return { body: bomb, encoding: 'gzip' };
    case 'unknown':
      return { body, encoding: 'gzip, zstd' };
    case 'cut': {
      const packed = gzipSync(body);
      return { body: packed.subarray(0, packed.length / 2), encoding: 'gzip' };
    }
  }
}

/** 20 KB that unpack to 20 MB of JSON. */
const bomb = gzipSync(Buffer.from(`{"a":"${'a'.repeat(20_000_000)}"}`), { level: 9 });

export const wrapping: fc.Arbitrary<Wrapping> = fc.oneof(
  { weight: 30, arbitrary: fc.constant('none' as const) },
  {
    weight: 6,
    arbitrary: fc.constantFrom('gzip' as const, 'deflate', 'br', 'lie', 'unknown', 'cut'),
  },
  { weight: 1, arbitrary: fc.constant('bomb' as const) },
);
