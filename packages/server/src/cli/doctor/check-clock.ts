import { SECOND_MS } from '@tenth/model/time.ts';
import type { Finding } from './finding.ts';

/** Sessions, caps and windows are told by a node's clock; so much does not matter to any of them. */
const MOST_SKEW_MS = SECOND_MS;
/** From here on, people's sessions would be cut short when another node serves them. */
const BAD_SKEW_MS = 60 * SECOND_MS;

/**
 * How far the clock of a server is from this machine's, as far as can be told: half the time of the
 * question is uncertain.
 *
 * @param ask Gives the server's time, in epoch ms.
 */
export async function checkClock(
  check: string,
  of: string,
  ask: () => Promise<number>,
  now: () => number,
): Promise<Finding> {
  const before = now();
  const theirs = await ask();
  const after = now();
  const skewMs = Math.round(theirs - (before + after) / 2);
  const sureMs = Math.max(0, Math.abs(skewMs) - (after - before) / 2);
  const state = sureMs <= MOST_SKEW_MS ? 'ok' : sureMs <= BAD_SKEW_MS ? 'warning' : 'bad';
  const advice = state === 'ok' ? '' : '; synchronise the clocks of all machines (NTP)';
  return { check, state, what: `the clock of ${of} is ${skewMs} ms from this one's${advice}` };
}
