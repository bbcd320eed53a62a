import { type Permission, scopesWith } from '@tenth/model/permission.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { FastifyRequest } from 'fastify';
import type { Admin } from '../../admin/admin.ts';
import type { BrowserSession, Caller, UserCaller } from '../../admin/call.ts';
import { readBearer } from '../bearer.ts';
import type { RequestLimits } from '../limits/request-limits.ts';
import { requireSameOrigin } from './same-origin.ts';

export interface CallerDeps {
  readonly admin: Pick<Admin, 'apiCallers' | 'signIn'>;
  readonly publicUrl: string | undefined;
  readonly limits: Pick<RequestLimits, 'takeOfApiKey'>;
}

export interface Asked {
  /** All of these permissions; or a user of the console, whatever their role. */
  readonly needs: readonly Permission[] | 'signed_in';
  readonly session: BrowserSession;
}

/**
 * Who calls: by API key where there is an Authorization header, else by the console's cookie.
 *
 * @throws {Problem} api-key-unknown, signed-out, scope-missing, permission-missing, not-same-origin, too-many-requests
 */
export async function findCaller(
  request: FastifyRequest,
  { needs, session }: Asked,
  deps: CallerDeps,
): Promise<Caller> {
  const caller = await identify(request, session, deps);
  if (!isAllowed(caller, needs)) {
    throw caller.identity.kind === 'api_key'
      ? new Problem('scope-missing', needOf(needs))
      : new Problem('permission-missing', 'Ask an owner of the workspace for another role.');
  }
  return caller;
}

/**
 * Whether who made a request that is still being answered would be let in now, too. Being answered is no
 * use of a session.
 */
export async function isStillAllowed(
  { headers: { authorization } }: Pick<FastifyRequest, 'headers'>,
  { needs, session }: Asked,
  { admin }: Pick<CallerDeps, 'admin'>,
): Promise<boolean> {
  const caller =
    authorization === undefined
      ? await admin.signIn.findCaller(session.token, { isUse: false })
      : await admin.apiCallers.find(readBearer(authorization) ?? '');
  return caller !== undefined && isAllowed(caller, needs);
}

function isAllowed(caller: Caller | UserCaller, needs: Asked['needs']): boolean {
  return needs === 'signed_in'
    ? 'sessionId' in caller
    : needs.every((one) => caller.permissions.has(one));
}

function needOf(needs: Asked['needs']): string {
  const scopes = needs === 'signed_in' ? [] : needs.map(scopesWith);
  return scopes.length === 0 || scopes.some(({ length }) => length === 0)
    ? 'No API key may do this; sign in to the console.'
    : `Use an API key with the scope ${scopes.map((any) => any.join(' or ')).join(', and ')}.`;
}

async function identify(
  request: FastifyRequest,
  session: BrowserSession,
  { admin, publicUrl, limits }: CallerDeps,
): Promise<Caller> {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const secret = readBearer(authorization);
    const caller = secret === undefined ? undefined : await admin.apiCallers.find(secret);
    if (caller === undefined) {
      throw new Problem('api-key-unknown', 'Send Authorization: Bearer with an API key in use.');
    }
    limits.takeOfApiKey(`${caller.workspaceId}/${caller.identity.id}`);
    return caller;
  }
  if (request.method !== 'GET') {
    requireSameOrigin(request, publicUrl);
  }
  const caller = await admin.signIn.findCaller(session.token);
  if (caller === undefined) {
    throw new Problem('signed-out', 'Sign in to the console, or send an API key.');
  }
  return caller;
}
