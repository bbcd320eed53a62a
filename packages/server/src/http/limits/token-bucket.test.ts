import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Bucket, takeToken } from './token-bucket.ts';

const rate = { perSecond: 2, burst: 3 };

/** Whether each of the calls, at these moments, gets a token. */
function run(moments: readonly number[]): readonly boolean[] {
  let bucket: Bucket | undefined;
  return moments.map((now) => {
    const taken = takeToken(bucket, rate, now);
    bucket = taken.bucket;
    return taken.waitMs === 0;
  });
}

test('a burst passes, and then as many as the rate', () => {
  expect(run([0, 0, 0, 0, 499, 500, 501])).toEqual([true, true, true, false, false, true, false]);
});

test('a rest fills the bucket no further than to the brim', () => {
  expect(run([0, 0, 0, 3_600_000, 3_600_000, 3_600_000, 3_600_000])).toEqual([
    ...[true, true, true],
    ...[true, true, true, false],
  ]);
});

test('whoever waits as long as told gets a token, and 2 ms earlier does not', () => {
  fc.assert(
    fc.property(
      fc.record({
        perSecond: fc.integer({ min: 1, max: 500 }),
        burst: fc.integer({ min: 1, max: 50 }),
      }),
      fc.array(fc.nat(200), { maxLength: 60 }),
      (limit, gaps) => {
        let bucket: Bucket | undefined;
        let now = 0;
        for (const gap of gaps) {
          now += gap;
          const { waitMs, bucket: next } = takeToken(bucket, limit, now);
          if (waitMs > 0) {
            expect(takeToken(next, limit, now + waitMs).waitMs).toBe(0);
            // 1 ms is what the rounding of fractions of a token may take away.
            const early = takeToken(next, limit, now + Math.max(0, waitMs - 2));
            expect(early.waitMs).toBeGreaterThan(0);
          }
          bucket = next;
        }
      },
    ),
  );
});

test('a clock that goes back gives nothing away', () => {
  expect(run([1_000, 1_000, 1_000, 0, 1_000, 1_500])).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
  ]);
});
