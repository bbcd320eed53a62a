import { createHash } from 'node:crypto';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { languageOf } from './language.ts';
import { cartPage, checkoutPage, comparePage, completePage } from './pages/baskets.ts';
import { homePage } from './pages/home.ts';
import { mark } from './pages/icons.ts';
import { layout } from './pages/layout.ts';
import { listPage, searchPage } from './pages/listing.ts';
import { benefitsPage, notFoundPage, signInPage, signUpPage } from './pages/membership.ts';
import { productPage } from './pages/product.ts';
import { type Page, type View, viewOf } from './pages/view.ts';
import { createPictures } from './product-picture.ts';
import { stylesheet } from './style/stylesheet.ts';

export interface DemoShopOptions {
  /** Where `t.js` and the collection API live, without a slash at the end. */
  readonly tenthOrigin: string;
  readonly writeKey: string;
  /** Of the make-believe portal, for the link back to it. */
  readonly portalOrigin: string;
  /** The shop's own browser script, as `build.mjs` bundles it. */
  readonly clientScript: string;
}

const fixedPages: Readonly<Record<string, (view: View) => Page>> = {
  '/': homePage,
  '/compare': comparePage,
  '/cart': cartPage,
  '/benefits': benefitsPage,
  '/signup': signUpPage,
  '/signin': signInPage,
  '/checkout': checkoutPage,
  '/order/complete': completePage,
};

/** The demo shop, ready to listen. It needs nothing but its options: no files, no network, no store. */
export async function createDemoShop(options: DemoShopOptions): Promise<FastifyInstance> {
  const app = fastify({ logger: false });
  const pictureOf = createPictures();
  const tagOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 12);
  const around = {
    ...options,
    scriptPath: `/shop.js?v=${tagOf(options.clientScript)}`,
    stylePath: `/shop.css?v=${tagOf(stylesheet)}`,
  };

  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    pick: (view: View) => Page | undefined,
  ): FastifyReply => {
    const view = viewOf(languageOf(request.headers.cookie), request.url);
    const page = pick(view) ?? notFoundPage(view);
    return reply
      .code(page.status ?? 200)
      .header('cache-control', 'no-store')
      .header('x-content-type-options', 'nosniff')
      .type('text/html; charset=utf-8')
      .send(layout(view, page, around));
  };

  for (const [path, pick] of Object.entries(fixedPages)) {
    app.get(path, (request, reply) => answer(request, reply, pick));
  }
  app.get<{ Params: { '*': string } }>('/c/*', (request, reply) =>
    answer(request, reply, (view) => listPage(request.params['*'], view)),
  );
  app.get<{ Params: { id: string } }>('/p/:id', (request, reply) =>
    answer(request, reply, (view) => productPage(request.params.id, view)),
  );
  app.get<{ Querystring: { q?: string | string[] } }>('/search', (request, reply) =>
    answer(request, reply, (view) =>
      searchPage([request.query.q ?? ''].flat().join(' ').trim().slice(0, 100), view),
    ),
  );
  app.setNotFoundHandler((request, reply) => answer(request, reply, () => undefined));

  app.get<{ Params: { language: string }; Querystring: { to?: string | string[] } }>(
    '/lang/:language',
    (request, reply) => {
      const to = [request.query.to ?? '/'].flat()[0] ?? '/';
      // Only a path of this shop: `//host` and `/\host` would lead away from it.
      const path = /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : '/';
      const language = request.params.language === 'en' ? 'en' : 'ko';
      return reply
        .header('set-cookie', `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax`)
        .redirect(path, 303);
    },
  );

  const asset = (reply: FastifyReply, type: string, body: string): FastifyReply =>
    reply.type(type).header('cache-control', 'public, max-age=86400').send(body);
  app.get('/shop.js', (_, reply) =>
    asset(reply, 'text/javascript; charset=utf-8', options.clientScript),
  );
  app.get('/shop.css', (_, reply) => asset(reply, 'text/css; charset=utf-8', stylesheet));
  app.get('/mark.svg', (_, reply) =>
    asset(
      reply,
      'image/svg+xml',
      mark.text.replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" '),
    ),
  );
  app.get<{ Params: { file: string } }>('/img/:file', (request, reply) => {
    const svg = pictureOf(request.params.file.replace(/\.svg$/, ''));
    return svg === undefined
      ? reply.code(404).type('text/plain').send('no such picture')
      : asset(reply, 'image/svg+xml', svg);
  });
  return app;
}
