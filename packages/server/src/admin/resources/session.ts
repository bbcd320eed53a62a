import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { ConsoleSignIn } from '../sign-in/console-sign-in.ts';

type SessionHandlers = Pick<Handlers, 'getSession' | 'setUp' | 'signIn' | 'signOut'>;

export function sessionHandlers(signIn: ConsoleSignIn, plans: PlanRegistry): SessionHandlers {
  return {
    async getSession({ session }) {
      if ((await signIn.findCaller(session.token)) !== undefined) {
        const { settings } = plans.get(signIn.workspaceId).definition;
        return {
          state: 'signed_in',
          workspace: { id: signIn.workspaceId, name: settings.name, locale: settings.locale },
        };
      }
      return { state: (await signIn.hasPassword()) ? 'signed_out' : 'setup', workspace: null };
    },

    async setUp({ body, session }) {
      await signIn.setUp(body.password, session);
      return { ok: true };
    },

    async signIn({ body, session, clientIp }) {
      await signIn.signIn(body.password, session, clientIp);
      return { ok: true };
    },

    async signOut({ session }) {
      await signIn.signOut(session);
      return { ok: true };
    },
  };
}
