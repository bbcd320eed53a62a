import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

// `message-4f3a9c1b.js`: the name changes with the content, so a copy may be kept for ever.
const HASHED = /[.-][A-Za-z0-9_]{8,}\.(?:js|css|map)(?:\.br|\.gz)?$/;

/** The script for the shop's pages, `/t.js`, and the parts it loads when it needs them. */
export async function serveScript(app: FastifyInstance, directory: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: directory,
    prefix: '/',
    index: false,
    wildcard: false,
    cacheControl: false,
    // The build puts packed copies beside the files.
    preCompressed: true,
    setHeaders(reply, path) {
      reply.setHeader('vary', 'accept-encoding');
      reply.setHeader('access-control-allow-origin', '*');
      reply.setHeader('cross-origin-resource-policy', 'cross-origin');
      reply.setHeader('timing-allow-origin', '*');
      reply.setHeader(
        'cache-control',
        HASHED.test(path)
          ? 'public, max-age=31536000, immutable'
          : // Five minutes: how long a shop waits for a new version.
            'public, max-age=300, stale-while-revalidate=86400',
      );
    },
  });
}
