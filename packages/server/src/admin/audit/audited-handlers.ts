import type { Route } from '@tenth/model/api/route.ts';
import { type RouteName, routes } from '@tenth/model/api.ts';
import type { CallerIdentity } from '@tenth/model/audit.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Caller, CallOrigin, Handlers, Reply } from '../call.ts';
import type { ActResult, AuditTrail } from './audit-trail.ts';

/** Whether calls of a route are written down: whatever changes something, or looks at people's data. */
export function isAudited({ method, tag }: Route): boolean {
  return method !== 'GET' || tag === 'People' || tag === 'Events';
}

/**
 * The handlers, each call of theirs written down. Here and not at the network's edge, so that no way to
 * a handler goes round it.
 *
 * @param consoleWorkspaceId Where acts of who is not signed in yet belong.
 */
export function auditHandlers(
  handlers: Handlers,
  trail: AuditTrail,
  consoleWorkspaceId: WorkspaceId,
): Handlers {
  const audited: Record<string, AnyHandler> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    // Over all routes at once the compiler cannot see that each handler gets the call of its own route.
    const handler = handlers[name as RouteName] as AnyHandler;
    audited[name] = isAudited(route)
      ? (call) =>
          trail.run(
            {
              ...who(call, consoleWorkspaceId),
              origin: call.origin,
              name,
              target: call.params ?? {},
            },
            () => handler(call),
            (reply) => resultOf(name as RouteName, reply),
          )
      : handler;
  }
  // One of each name, as the registry has them.
  return audited as unknown as Handlers;
}

/** What of a call the audit log is about. */
interface AnyCall {
  readonly caller?: Caller;
  readonly origin?: CallOrigin;
  readonly params?: Readonly<Record<string, string>>;
}

type AnyHandler = (call: AnyCall) => Promise<object>;

const visitor: CallerIdentity = { kind: 'visitor', id: '' };

function who({ caller }: AnyCall, consoleWorkspaceId: WorkspaceId) {
  return caller === undefined
    ? { workspaceId: consoleWorkspaceId, caller: visitor }
    : { workspaceId: caller.workspaceId, caller: caller.identity };
}

function resultOf(name: RouteName, reply: object): ActResult {
  const isWrite = routes[name].method !== 'GET';
  const version = isWrite && 'planVersion' in reply ? reply.planVersion : undefined;
  const find: ((reply: never) => Readonly<Record<string, string>>) | undefined = made[name];
  return {
    // Each change is the next version, made from the one before it.
    planVersion: typeof version === 'number' ? { before: version - 1, after: version } : null,
    // The reply is the one of this route.
    made: find === undefined ? {} : find(reply as never),
  };
}

/** Names of what is made without one being given. */
const made: {
  readonly [Name in RouteName]?: (reply: Reply<Name>) => Readonly<Record<string, string>>;
} = {
  createKey: ({ key }) => ({ id: key.id }),
  erasePerson: ({ erasure }) => ({ erasure: erasure.erasureId }),
};
