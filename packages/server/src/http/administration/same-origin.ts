import { Problem } from '@tenth/model/problem.ts';
import type { FastifyRequest } from 'fastify';
import { requestOrigin } from '../request-origin.ts';

/**
 * Refuses requests that another site made a browser send. Browsers say where a request comes from in
 * Sec-Fetch-Site (OWASP's first defence against CSRF); old ones in Origin alone.
 *
 * @throws {Problem} not-same-origin
 */
export function requireSameOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const site = request.headers['sec-fetch-site'];
  const { origin } = request.headers;
  const isOwn =
    site === undefined
      ? origin === undefined || origin === requestOrigin(request) || origin === publicUrl
      : site === 'same-origin' || site === 'none';
  if (!isOwn) {
    throw new Problem('not-same-origin', 'Use the console itself, or an API key.');
  }
}
