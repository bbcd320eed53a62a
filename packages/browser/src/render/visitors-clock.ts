import type { Decision } from '@tenth/model/decision.ts';

/**
 * A decision whose moments are told by the visitor's clock, wrong as it may be: a phone that is an hour
 * ahead would otherwise find every message run out, and every countdown over.
 *
 * @param aheadMs How far that clock is ahead of the server's.
 */
export function byVisitorsClock(decision: Decision, aheadMs: number): Decision {
  if (decision.action === 'withdraw') {
    return decision;
  }
  const { content, expiresAt } = decision;
  const { countdown } = content;
  return {
    ...decision,
    expiresAt: expiresAt + aheadMs,
    content:
      countdown === undefined
        ? content
        : { ...content, countdown: { ...countdown, endsAt: countdown.endsAt + aheadMs } },
  };
}
