import fastify, { type FastifyInstance } from 'fastify';
import { languageOf } from './language.ts';
import { frontPage, type PortalView, resultsPage } from './portal/portal-pages.ts';

export interface PortalOptions {
  /** Of the demo shop, without a slash at the end. */
  readonly shopOrigin: string;
}

const PAGE = 'text/html; charset=utf-8';

/**
 * A make-believe portal with a search engine. It must listen on another port than the shop: then it
 * is another origin, and its links bring a real referrer along.
 */
export function createPortal({ shopOrigin }: PortalOptions): FastifyInstance {
  const app = fastify({ logger: false });
  const viewFor = (cookie: string | undefined): PortalView => {
    const language = languageOf(cookie);
    return { language, shopOrigin, t: (ko, en) => (language === 'ko' ? ko : en) };
  };

  app.get('/', (request, reply) =>
    reply.type(PAGE).send(frontPage(viewFor(request.headers.cookie))),
  );

  app.get<{ Querystring: { query?: string | string[] } }>('/search', (request, reply) => {
    const query = [request.query.query ?? ''].flat().join(' ').trim().slice(0, 100);
    return query === ''
      ? reply.redirect('/', 303)
      : reply.type(PAGE).send(resultsPage(query, viewFor(request.headers.cookie)));
  });

  app.get<{ Params: { language: string }; Querystring: { to?: string | string[] } }>(
    '/lang/:language',
    (request, reply) => {
      const to = [request.query.to ?? '/'].flat()[0] ?? '/';
      const language = request.params.language === 'en' ? 'en' : 'ko';
      return reply
        .header('set-cookie', `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax`)
        .redirect(/^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/', 303);
    },
  );
  return app;
}
