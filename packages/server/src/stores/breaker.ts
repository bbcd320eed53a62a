import { type EpochMs, SECOND_MS } from '@tenth/model/time.ts';

/**
 * What is known of a store that may be away. Asking one that does not answer costs each caller the whole
 * time limit and keeps connections that others wait for, so after a few failures in a row nobody asks,
 * until one caller is sent ahead to try.
 */
export type BreakerState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: EpochMs; readonly openings: number }
  /** Somebody tries since `since`; all others wait for what comes of it. */
  | { readonly kind: 'half-open'; readonly since: EpochMs; readonly openings: number };

export const closedBreaker: BreakerState = { kind: 'closed', failures: 0 };

/** A restart of PostgreSQL refuses a connection or two before it takes them again. */
const FAILURES_TO_OPEN = 5;
const SHORTEST_OPEN_MS = SECOND_MS / 2;
/** A store that is back is noticed within this. */
const LONGEST_OPEN_MS = 5 * SECOND_MS;
/** Whoever was sent ahead is given up for lost after this. */
const LOST_PROBE_MS = 30 * SECOND_MS;

export interface Admission {
  readonly state: BreakerState;
  /** 0: go ahead. Otherwise the time after which it is worth asking again, in ms. */
  readonly waitMs: number;
}

/** Whether a caller may ask the store now. */
export function admit(state: BreakerState, now: EpochMs): Admission {
  switch (state.kind) {
    case 'closed':
      return { state, waitMs: 0 };
    case 'open':
      return now < state.until ? { state, waitMs: state.until - now } : probe(state.openings, now);
    case 'half-open': {
      const lostAt = state.since + LOST_PROBE_MS;
      return now < lostAt ? { state, waitMs: SHORTEST_OPEN_MS } : probe(state.openings, now);
    }
  }
}

function probe(openings: number, now: EpochMs): Admission {
  return { state: { kind: 'half-open', since: now, openings }, waitMs: 0 };
}

/** The store answered, be it with a refusal. */
export function afterAnswer(): BreakerState {
  return closedBreaker;
}

/**
 * The store did not answer.
 *
 * @param random In [0, 1): spreads the tries of several nodes.
 */
export function afterSilence(state: BreakerState, now: EpochMs, random: number): BreakerState {
  switch (state.kind) {
    case 'closed': {
      const failures = state.failures + 1;
      return failures < FAILURES_TO_OPEN ? { kind: 'closed', failures } : open(0, now, random);
    }
    case 'open':
      // Of a caller who was let through before it opened: nothing new.
      return state;
    case 'half-open':
      return open(state.openings + 1, now, random);
  }
}

function open(openings: number, now: EpochMs, random: number): BreakerState {
  const ceilingMs = Math.min(LONGEST_OPEN_MS, SHORTEST_OPEN_MS * 2 ** Math.min(openings, 10));
  return { kind: 'open', until: now + ceilingMs * (0.5 + random / 2), openings };
}
