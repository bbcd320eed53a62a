import { Problem, type ProblemCode } from '@tenth/model/problem.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import { type OidcAttempt, type OidcClient, oidcAttempt } from '../../admin/sign-in/oidc.ts';
import { requestOrigin } from '../request-origin.ts';
import { originOf } from './call-origin.ts';
import { readCookie, sessionCookie } from './session-cookie.ts';

export interface OidcDeps {
  readonly admin: Pick<Admin, 'signIn' | 'auditTrail'> & { readonly oidc: OidcClient | undefined };
  readonly publicUrl: string | undefined;
}

const START = '/api/v1/session/oidc';
const CALLBACK = '/api/v1/session/oidc/callback';
const COOKIE = 'tenth_oidc';
/** Time to find the password of the provider. */
const ATTEMPT_SECONDS = 10 * 60;

/** The way to the provider and back, which a browser goes by itself; nothing where there is none. */
export function serveOidc(app: FastifyInstance, { admin, publicUrl }: OidcDeps): void {
  const { oidc, signIn, auditTrail } = admin;
  if (oidc === undefined) {
    return;
  }
  const callbackOf = (request: FastifyRequest) =>
    new URL(CALLBACK, publicUrl ?? requestOrigin(request));

  app.get(START, async (request, reply) =>
    orFailed(request, reply, async () => {
      const { url, attempt } = await oidc.start(callbackOf(request).href);
      keepAttempt(reply, attempt, callbackOf(request).protocol === 'https:');
      return reply.redirect(url.href);
    }),
  );

  app.get(CALLBACK, async (request, reply) =>
    orFailed(request, reply, async () => {
      const attempt = attemptOf(request);
      keepAttempt(reply, undefined, callbackOf(request).protocol === 'https:');
      if (attempt === undefined) {
        throw new Problem('provider-refused', 'Sign in with the provider once more.');
      }
      const address = callbackOf(request);
      address.search = new URL(request.url, address).search;
      const origin = originOf(request);
      await auditTrail.run(
        {
          workspaceId: signIn.workspaceId,
          caller: { kind: 'visitor', id: '' },
          origin,
          name: 'signInByProvider',
          target: {},
        },
        async () => {
          const email = await oidc.finish(address, attempt);
          await signIn.signInByProvider(email, {
            session: sessionCookie(request, reply, publicUrl),
            origin,
          });
        },
      );
      return reply.redirect('/console/');
    }),
  );
}

/** A browser comes here by itself, so what went wrong is told by the console's page. */
async function orFailed(
  request: FastifyRequest,
  reply: FastifyReply,
  work: () => Promise<FastifyReply>,
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store');
  try {
    return await work();
  } catch (error) {
    const code: ProblemCode = error instanceof Problem ? error.code : 'internal';
    request.log.warn({ err: error, code }, 'http.oidc.failed');
    return reply.redirect(`/console/#sign-in-failed=${code}`);
  }
}

/** Lax: it has to come along when the provider sends the browser back. */
function keepAttempt(
  reply: FastifyReply,
  attempt: OidcAttempt | undefined,
  isSecure: boolean,
): void {
  const value =
    attempt === undefined ? '' : Buffer.from(JSON.stringify(attempt)).toString('base64url');
  const age = attempt === undefined ? 0 : ATTEMPT_SECONDS;
  const attributes = `Path=${START}; HttpOnly; SameSite=Lax; Max-Age=${age}`;
  reply.header('set-cookie', `${COOKIE}=${value}; ${attributes}${isSecure ? '; Secure' : ''}`);
}

function attemptOf(request: FastifyRequest): OidcAttempt | undefined {
  const kept = readCookie(request.headers.cookie, COOKIE);
  try {
    return oidcAttempt.parse(JSON.parse(Buffer.from(kept ?? '', 'base64url').toString('utf8')));
  } catch {
    // None, or not ours: as if nobody had left for the provider.
    return undefined;
  }
}
