import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { pagePolicy } from './security-headers.ts';

const BUILT_ASSET = /\/assets\//;

/** The marketer's application under `/console/`; its own addresses all get its one page. */
export async function serveConsole(app: FastifyInstance, directory: string): Promise<void> {
  app.addHook('onSend', async (_request, reply) => {
    reply.headers(pagePolicy);
  });
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/console/',
    wildcard: false,
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader(
        'cache-control',
        BUILT_ASSET.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
      );
    },
  });
  app.get('/console', (_request, reply) => reply.redirect('/console/'));
  app.get('/console/*', (request, reply) => {
    // A missing script must be a 404 and not the page, or a browser with an old page fails oddly.
    if (BUILT_ASSET.test(request.url)) {
      return reply.callNotFound();
    }
    return reply.sendFile('index.html');
  });
}
