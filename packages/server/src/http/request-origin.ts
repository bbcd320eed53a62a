import type { FastifyRequest } from 'fastify';

/** The origin under which a browser sees this server; behind a trusted proxy, the proxy's. */
export function requestOrigin(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
