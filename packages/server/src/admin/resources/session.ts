import { rolePermissions } from '@tenth/model/permission.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { Self } from '@tenth/model/user.ts';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { ConsoleSignIn } from '../sign-in/console-sign-in.ts';
import type { UserStore } from '../sign-in/ports.ts';

type SessionHandlers = Pick<
  Handlers,
  | 'getSession'
  | 'setUp'
  | 'signIn'
  | 'signOut'
  | 'acceptInvitation'
  | 'changePassword'
  | 'listSessions'
  | 'endSession'
>;

export interface SessionHandlerDeps {
  readonly signIn: ConsoleSignIn;
  readonly users: UserStore;
  readonly plans: PlanRegistry;
  readonly hasOidc: boolean;
}

export function sessionHandlers({
  signIn,
  users,
  plans,
  hasOidc,
}: SessionHandlerDeps): SessionHandlers {
  const selfOf = async (userId: string): Promise<Self | null> => {
    const found = await users.find(signIn.workspaceId, userId);
    if (found === undefined) {
      return null;
    }
    const { id, email, role, totp } = found;
    return {
      id,
      email,
      role,
      hasTotp: totp !== undefined,
      permissions: [...rolePermissions[role]],
    };
  };
  return {
    async getSession({ session }) {
      const caller = await signIn.findCaller(session.token);
      if (caller !== undefined) {
        const { settings } = plans.get(signIn.workspaceId).definition;
        return {
          state: 'signed_in',
          workspace: { id: signIn.workspaceId, name: settings.name, locale: settings.locale },
          user: await selfOf(caller.identity.id),
          hasOidc,
        };
      }
      const state = (await signIn.hasPassword()) ? 'signed_out' : 'setup';
      return { state, workspace: null, user: null, hasOidc };
    },

    async setUp({ body: { email = '', password }, session, origin }) {
      await signIn.setUp({ email, password }, { session, origin });
      return { ok: true };
    },

    async signIn({ body: { email = '', password, code }, session, origin }) {
      await signIn.signIn({ email, password, code }, { session, origin });
      return { ok: true };
    },

    async signOut({ session }) {
      await signIn.sessions.close(session);
      return { ok: true };
    },

    async acceptInvitation({ body: { token, password }, session, origin }) {
      await signIn.acceptInvitation(token, password, { session, origin });
      return { ok: true };
    },

    async changePassword({ caller, body, origin }) {
      await signIn.changePassword(caller, body, origin.address);
      return { ok: true };
    },

    async listSessions({ caller }) {
      const sessions = await signIn.sessions.listOfUser(caller.identity.id);
      return {
        sessions: sessions.map(({ id, createdAt, seenAt, address, userAgent }) => ({
          id,
          createdAt: new Date(createdAt).toISOString(),
          lastSeenAt: new Date(seenAt).toISOString(),
          address,
          userAgent,
          isCurrent: id === caller.sessionId,
        })),
      };
    },

    async endSession({ caller, params: { id } }) {
      if (!(await signIn.sessions.end(caller.identity.id, id))) {
        throw new Problem('not-found', 'There is no such session of yours.', 'id');
      }
      return { ok: true };
    },
  };
}
