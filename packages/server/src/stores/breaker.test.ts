import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { admit, afterAnswer, afterSilence, type BreakerState, closedBreaker } from './breaker.ts';

const T0 = 1_000_000;

function fail(state: BreakerState, times: number, now = T0): BreakerState {
  return Array.from({ length: times }).reduce<BreakerState>(
    (before) => afterSilence(before, now, 0.5),
    state,
  );
}

test('a few failures in a row open it, one answer in between does not let it', () => {
  expect(fail(closedBreaker, 4).kind).toBe('closed');
  expect(fail(closedBreaker, 5).kind).toBe('open');
  expect(afterAnswer()).toEqual(closedBreaker);
});

test('open, nobody asks until its time is over; then one tries and the others wait', () => {
  const opened = fail(closedBreaker, 5);
  expect(admit(opened, T0).waitMs).toBeGreaterThan(0);
  const first = admit(opened, T0 + 500);
  expect(first).toMatchObject({ waitMs: 0, state: { kind: 'half-open' } });
  expect(admit(first.state, T0 + 501).waitMs).toBeGreaterThan(0);
  expect(admit(afterAnswer(), T0 + 502).waitMs).toBe(0);
});

test('a failed try opens it again, for longer each time, up to five seconds', () => {
  let state = fail(closedBreaker, 5);
  let now = T0;
  const waits: number[] = [];
  for (let tries = 0; tries < 8; tries += 1) {
    const { waitMs } = admit(state, now);
    waits.push(waitMs);
    now += waitMs;
    state = afterSilence(admit(state, now).state, now, 1);
  }
  expect(waits).toEqual(waits.toSorted((one, other) => one - other));
  expect(waits.at(-1)).toBe(5_000);
});

test('a try that never comes back does not keep it shut', () => {
  const { state } = admit(fail(closedBreaker, 5), T0 + 500);
  expect(admit(state, T0 + 20_000).waitMs).toBeGreaterThan(0);
  expect(admit(state, T0 + 31_000).waitMs).toBe(0);
});

test('whatever happens, within half a minute somebody may ask again, and never many at once', () => {
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 2_000 }),
    outcome: fc.constantFrom('answer' as const, 'silence' as const, 'lost' as const),
    random: fc.double({ min: 0, max: 0.999, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let state: BreakerState = closedBreaker;
      let now = T0;
      for (const { waitMs, outcome, random } of steps) {
        now += waitMs;
        const wasClosed = state.kind === 'closed';
        const admission = admit(state, now);
        state = admission.state;
        if (admission.waitMs > 0) {
          continue;
        }
        if (!wasClosed) {
          expect(admit(state, now).waitMs).toBeGreaterThan(0);
        }
        if (outcome !== 'lost') {
          state = outcome === 'answer' ? afterAnswer() : afterSilence(state, now, random);
        }
      }
      expect(admit(state, now + 30_000).waitMs).toBe(0);
    }),
  );
});
