import type { FastifyInstance } from 'fastify';
import { createOpenApiDocument } from '../openapi/openapi-document.ts';
import { pagePolicy } from '../security-headers.ts';
import { renderReference } from './reference-page.ts';
import { referenceStyle } from './reference-style.ts';

/** The API described: for programs at `/api/openapi.json`, for readers at `/api/`. */
export function serveReference(app: FastifyInstance, version: string): void {
  const made = onFirstUse(() => {
    const document = createOpenApiDocument(version);
    return { text: JSON.stringify(document, null, 2), page: renderReference(document) };
  });

  app.get('/api/openapi.json', (_request, reply) =>
    reply
      .headers({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-cache',
        // Public, so that tools on other origins can read it.
        'access-control-allow-origin': '*',
      })
      .send(made().text),
  );
  app.get('/api/', (_request, reply) =>
    reply
      .headers({
        ...pagePolicy(),
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-cache',
      })
      .send(made().page),
  );
  app.get('/api', (_request, reply) => reply.redirect('/api/'));
  app.get('/api/reference.css', (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' })
      .send(referenceStyle),
  );
}

/** Start-up does not wait for what few processes are ever asked for. */
function onFirstUse<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
