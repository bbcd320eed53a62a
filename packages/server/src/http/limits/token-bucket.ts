import { SECOND_MS } from '@tenth/model/time.ts';

/** How fast a bucket fills, and how much it holds. */
export interface Rate {
  readonly perSecond: number;
  /** Of how many one may come at once after a rest. */
  readonly burst: number;
}

/** What a caller has left, and since when. */
export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export interface Take {
  readonly bucket: Bucket;
  /** 0 where there was a token; else until there is one, and none was taken. */
  readonly waitMs: number;
}

/**
 * Takes one token. Pure.
 *
 * @param bucket Undefined for who has not come before: it is full.
 * @param now    In ms; a clock that went back fills nothing and takes nothing away.
 */
export function takeToken(
  bucket: Bucket | undefined,
  { perSecond, burst }: Rate,
  now: number,
): Take {
  const { tokens, at } = bucket ?? { tokens: burst, at: now };
  const passedMs = Math.max(0, now - at);
  const filled = Math.min(burst, tokens + (passedMs * perSecond) / SECOND_MS);
  const since = Math.max(at, now);
  return filled >= 1
    ? { bucket: { tokens: filled - 1, at: since }, waitMs: 0 }
    : {
        bucket: { tokens: filled, at: since },
        waitMs: Math.ceil(((1 - filled) * SECOND_MS) / perSecond),
      };
}
