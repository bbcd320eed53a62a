import type { Route } from '@tenth/model/api/route.ts';
import { type RouteName, routes } from '@tenth/model/api.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import { originOf } from './call-origin.ts';
import { checkPart } from './check-part.ts';
import { type CallerDeps, findCaller } from './find-caller.ts';
import { requireSameOrigin } from './same-origin.ts';
import { sessionCookie } from './session-cookie.ts';
import { uploadedText } from './uploaded-text.ts';

export interface AdministrationDeps extends CallerDeps {
  readonly admin: Admin;
}

/** A campaign with ten variants of long texts in two languages stays under this. */
const MAX_BODY_BYTES = 1024 * 1024;

type AnyHandler = (call: Readonly<Record<string, unknown>>) => Promise<unknown>;

/** Every route of the registry: who calls, is it in shape, hand over, answer. */
export function serveAdministration(app: FastifyInstance, deps: AdministrationDeps): void {
  const all = Object.entries<Route>(routes);
  serveRoutes(
    app,
    deps,
    all.filter(([, { upload }]) => upload === undefined),
  );
  app.register(async (scope) => {
    // Whatever it is, it is not read before it is known who calls.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    // What was refused midway is let go by, so that the connection can be used again.
    scope.addHook('onResponse', async (request) => {
      // A reader that has stopped would hold it back.
      request.raw.unpipe();
      request.raw.resume();
    });
    serveRoutes(
      scope,
      deps,
      all.filter(([, { upload }]) => upload !== undefined),
    );
  });
}

function serveRoutes(
  app: FastifyInstance,
  deps: AdministrationDeps,
  served: readonly (readonly [name: string, route: Route])[],
): void {
  for (const [name, route] of served) {
    // Each handler takes what its own route's schemas give, which is checked right before the call;
    // over all routes at once the compiler cannot see that.
    const handler = deps.admin.handlers[name as RouteName] as AnyHandler;
    app.route({
      method: route.method,
      url: route.path,
      bodyLimit: MAX_BODY_BYTES,
      handler: async (request, reply) => {
        const who = await identify(request, reply, route, deps);
        const result = await handler({
          ...who,
          ...checkedParts(request, route),
          origin: originOf(request),
        });
        return reply
          .headers({
            'content-type': 'application/json; charset=utf-8',
            'cache-control': 'no-store',
            'cross-origin-resource-policy': 'same-origin',
          })
          .send(JSON.stringify(result));
      },
    });
  }
}

async function identify(
  request: FastifyRequest,
  reply: FastifyReply,
  route: Route,
  deps: AdministrationDeps,
): Promise<Readonly<Record<string, unknown>>> {
  const session = sessionCookie(request, reply, deps.publicUrl);
  const { access } = route;
  if (access !== 'public') {
    const needs = access === 'signed_in' ? access : [access];
    return { caller: await findCaller(request, { needs, session }, deps) };
  }
  if (route.method !== 'GET') {
    requireSameOrigin(request, deps.publicUrl);
  }
  return { session };
}

function checkedParts(
  request: FastifyRequest,
  { params, query, body, upload }: Route,
): Readonly<Record<string, unknown>> {
  return {
    ...(params === undefined ? {} : { params: checkPart(params, request.params) }),
    ...(query === undefined ? {} : { query: checkPart(query, request.query) }),
    ...(body === undefined ? {} : { body: checkPart(body, request.body) }),
    ...(upload === undefined ? {} : { upload: uploadedText(request, upload) }),
  };
}
