import type { FastifyInstance } from 'fastify';

// Header names only; anything else is not worth answering.
const HEADER_LIST = /^[A-Za-z0-9-]+(?:\s*,\s*[A-Za-z0-9-]+){0,30}$/;

/**
 * Any page may send events, and none may do so with cookies: the collector uses none. Written out here
 * since it is three headers on the hottest path.
 */
export function allowAnyOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('cross-origin-resource-policy', 'cross-origin');
    if (request.method !== 'OPTIONS') {
      done();
      return;
    }
    const asked = request.headers['access-control-request-headers'] ?? '';
    reply.header('access-control-allow-methods', 'GET, POST, OPTIONS');
    // `*` would not cover Authorization, so what is asked for is named back.
    reply.header(
      'access-control-allow-headers',
      HEADER_LIST.test(asked) ? asked : 'authorization, content-type, content-encoding',
    );
    // A day: the longest that Firefox keeps; Chromium keeps two hours of it.
    reply.header('access-control-max-age', '86400');
    reply.code(204).send();
  });
}
