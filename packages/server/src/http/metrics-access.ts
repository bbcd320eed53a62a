import { createHash, timingSafeEqual } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';
import { Problem } from '@tenth/model/problem.ts';
import type { FastifyRequest } from 'fastify';
import { readBearer } from './bearer.ts';

/** Who may read `/metrics`. */
export interface MetricsAccess {
  /** Anybody may. */
  readonly isOpen: boolean;
  /** Whoever sends it as `Authorization: Bearer` may, from anywhere. */
  readonly token: string | undefined;
}

/** With any of these, a proxy on this machine stands before somebody elsewhere. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'] as const;

/**
 * Metrics name no person, but tell of a shop's traffic: without a token they are for this machine alone.
 *
 * @throws {Problem} metrics-closed
 */
export function requireMetricsAccess(
  request: Pick<FastifyRequest, 'headers'> & {
    readonly socket: { readonly remoteAddress?: string | undefined };
  },
  { isOpen, token }: MetricsAccess,
): void {
  const isLocal =
    isLoopback(request.socket.remoteAddress ?? '') &&
    FORWARDED.every((name) => request.headers[name] === undefined);
  if (isOpen || isLocal || isToken(request.headers.authorization, token)) {
    return;
  }
  throw new Problem(
    'metrics-closed',
    'Ask from the machine itself, send Authorization: Bearer with TENTH_METRICS_TOKEN, or set TENTH_METRICS_OPEN.',
  );
}

function isLoopback(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return isIPv4(plain) ? plain.startsWith('127.') : isIPv6(plain) && plain === '::1';
}

function isToken(authorization: string | undefined, token: string | undefined): boolean {
  const given = readBearer(authorization);
  return (
    given !== undefined && token !== undefined && timingSafeEqual(digest(given), digest(token))
  );
}

/** Of one length, whatever was given. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
