import { Problem } from '@tenth/model/problem.ts';
import { renderSVG } from 'uqr';
import type { Handlers } from '../call.ts';
import type { PlanRegistry } from '../plan-registry.ts';
import type { ConsoleSignIn } from '../sign-in/console-sign-in.ts';
import type { UserStore } from '../sign-in/ports.ts';
import { hashRecoveryCode, newRecoveryCodes } from '../sign-in/second-factor.ts';
import { newTotpSecret, stepOfCode, totpUri } from '../sign-in/totp.ts';

type TotpHandlers = Pick<Handlers, 'startTotp' | 'confirmTotp' | 'removeTotp'>;

export interface TotpHandlerDeps {
  readonly signIn: ConsoleSignIn;
  readonly users: UserStore;
  readonly plans: PlanRegistry;
  readonly now: () => number;
}

const SECRET = /^[A-Z2-7]{32}$/;

/** Codes of an authenticator app beside the password, as each user likes. */
export function totpHandlers({ signIn, users, plans, now }: TotpHandlerDeps): TotpHandlers {
  return {
    async startTotp({ caller: { workspaceId, identity } }) {
      const user = await users.find(workspaceId, identity.id);
      if (user?.totp !== undefined) {
        throw totpSetAlready();
      }
      const { name } = plans.get(workspaceId).definition.settings;
      const secret = newTotpSecret();
      const account = user === undefined || user.email === '' ? name : user.email;
      const uri = totpUri(secret, { issuer: `Tenth ${name}`, account });
      return { secret, uri, picture: renderSVG(uri) };
    },

    async confirmTotp({ caller: { workspaceId, identity }, body: { secret, code } }) {
      // The secret is the caller's own to choose: it guards nobody's account but theirs, and only where
      // nothing guards it yet.
      const step = SECRET.test(secret)
        ? stepOfCode(secret, code, { now: now(), after: 0 })
        : undefined;
      if (step === undefined) {
        throw new Problem('code-wrong', 'Give the code that the app shows now.', 'code');
      }
      const recoveryCodes = newRecoveryCodes();
      const recoveryHashes = recoveryCodes.map(hashRecoveryCode);
      const totp = { secret, lastStep: step, recoveryHashes };
      if (!(await users.setTotp(workspaceId, identity.id, totp))) {
        throw totpSetAlready();
      }
      return { recoveryCodes: [...recoveryCodes] };
    },

    async removeTotp({ caller, body: { password }, origin }) {
      await signIn.requireOwnPassword(caller, { password, field: 'password' }, origin.address);
      await users.change(caller.workspaceId, caller.identity.id, { totp: undefined });
      return { ok: true };
    },
  };
}

/** Who has a session but not the password must not put an app of theirs in its place. */
function totpSetAlready(): Problem {
  return new Problem(
    'totp-set-already',
    'Take the authenticator app away with the password first.',
  );
}
