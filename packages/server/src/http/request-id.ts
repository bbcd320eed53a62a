import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Ids that proxies make; nothing with a space, a dot or an at sign, so that no address gets into the log. */
const SHAPE = /^[A-Za-z0-9_-]{8,64}$/;

/** The `x-request-id` of whoever sent the request, where it is one; else a new one. */
export function requestIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SHAPE.test(given) ? given : randomUUID();
}
