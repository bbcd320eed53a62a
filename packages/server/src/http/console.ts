import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { pagePolicy } from './security-headers.ts';

const BUILT_ASSET = /\/assets\//;
/** Stands in the built page where the nonce of each reply goes. */
const NONCE_PLACE = 'tenth-nonce';

/** The marketer's application under `/console/`; its own addresses all get its one page. */
export async function serveConsole(app: FastifyInstance, directory: string): Promise<void> {
  const page = readFileSync(join(directory, 'index.html'), 'utf8');
  const sendPage = (reply: FastifyReply) => {
    const nonce = randomBytes(18).toString('base64');
    return reply
      .headers(pagePolicy(nonce))
      .header('content-type', 'text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(page.replaceAll(NONCE_PLACE, nonce));
  };
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/console/',
    index: false,
    wildcard: false,
    globIgnore: ['index.html*'],
    cacheControl: false,
    preCompressed: true,
    setHeaders(reply, path) {
      for (const [name, value] of Object.entries(pagePolicy())) {
        reply.setHeader(name, value);
      }
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
    return sendPage(reply);
  });
}
