import type { WorkspaceId } from '@tenth/model/ids.ts';
import { rolePermissions } from '@tenth/model/permission.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { BrowserSession, CallOrigin, UserCaller } from '../call.ts';
import { hashSecret, newKeyId } from '../secrets.ts';
import { hashPassword, isOutdated, isPassword } from './password.ts';
import type { SessionStore, StoredUser, UserStore } from './ports.ts';
import { requireSecondFactor } from './second-factor.ts';
import { Sessions } from './sessions.ts';
import { SignInThrottle } from './throttle.ts';
import { requireStrong } from './weak-password.ts';

export interface ConsoleSignInDeps {
  readonly users: UserStore;
  readonly sessions: SessionStore;
  /** The workspace that this installation's console is for. */
  readonly workspaceId: WorkspaceId;
  readonly now: () => number;
}

export interface Credentials {
  readonly email: string;
  readonly password: string;
  readonly code: string | undefined;
}

/** The browser that asks, and where it asks from. */
export interface Asking {
  readonly session: BrowserSession;
  readonly origin: Pick<CallOrigin, 'address' | 'userAgent'>;
}

/** Passwords of the console's users, and the sessions they open. */
export class ConsoleSignIn {
  readonly workspaceId: WorkspaceId;
  readonly sessions: Sessions;
  readonly #users: UserStore;
  readonly #now: () => number;
  readonly #throttle: SignInThrottle;
  /** What a password is compared with where there is no account, so that the answer takes as long. */
  #nobodysHash: Promise<string> | undefined;

  constructor({ users, sessions, workspaceId, now }: ConsoleSignInDeps) {
    this.workspaceId = workspaceId;
    this.sessions = new Sessions({ store: sessions, workspaceId, now });
    this.#users = users;
    this.#now = now;
    this.#throttle = new SignInThrottle(now);
  }

  hasPassword(): Promise<boolean> {
    return this.#users.hasActive(this.workspaceId);
  }

  /**
   * Who is signed in with this token; undefined for none, an unknown or an expired one.
   *
   * @param how.isUse Whether the session is used by it, and so goes on; true unless given.
   */
  async findCaller(
    token: string | undefined,
    how: { readonly isUse: boolean } = { isUse: true },
  ): Promise<UserCaller | undefined> {
    const session = await this.sessions.find(token, how);
    const user =
      session === undefined ? undefined : await this.#users.find(this.workspaceId, session.userId);
    return session === undefined || user === undefined
      ? undefined
      : {
          workspaceId: this.workspaceId,
          permissions: new Set(rolePermissions[user.role]),
          identity: { kind: 'user', id: user.id },
          sessionId: session.id,
        };
  }

  /** @throws {Problem} password-set-already, password-weak */
  async setUp({ email, password }: Omit<Credentials, 'code'>, asking: Asking): Promise<void> {
    if (await this.hasPassword()) {
      throw passwordSetAlready();
    }
    await requireStrong(password, { email, field: 'password' });
    const owner: StoredUser = {
      id: newKeyId(),
      email,
      role: 'owner',
      passwordHash: await hashPassword(password),
      invitation: undefined,
      totp: undefined,
      createdAt: this.#now(),
    };
    if (!(await this.#users.addFirst(this.workspaceId, owner))) {
      throw passwordSetAlready();
    }
    await this.sessions.open(owner.id, asking.session, asking.origin);
  }

  /** @throws {Problem} password-wrong, code-needed, code-wrong, too-many-attempts */
  async signIn({ email, password, code }: Credentials, asking: Asking): Promise<void> {
    const { address } = asking.origin;
    const user = await this.#users.findByEmail(this.workspaceId, email);
    await this.#throttle.run({ address, account: email }, async () => {
      await this.#requirePassword(user, password, 'password');
      if (user !== undefined) {
        const known = { store: this.#users, workspaceId: this.workspaceId };
        await requireSecondFactor(user, { code, now: this.#now() }, known);
      }
    });
    if (user !== undefined) {
      await this.sessions.open(user.id, asking.session, asking.origin);
    }
  }

  /**
   * Signs in whom a provider has vouched for. It needs an account, as somebody has to have said what they
   * may do; an invitation that stands is one.
   *
   * @throws {Problem} user-unknown
   */
  async signInByProvider(email: string, asking: Asking): Promise<void> {
    const user = await this.#users.findByEmail(this.workspaceId, email);
    if (user === undefined) {
      throw new Problem('user-unknown', 'Ask an owner of the workspace to invite this address.');
    }
    await this.sessions.open(user.id, asking.session, asking.origin);
  }

  /** @throws {Problem} invitation-ended, password-weak */
  async acceptInvitation(token: string, password: string, asking: Asking): Promise<void> {
    const tokenHash = hashSecret(token);
    const now = this.#now();
    const invited = (await this.#users.list(this.workspaceId)).find(
      ({ invitation }) => invitation?.tokenHash === tokenHash && invitation.until > now,
    );
    if (invited === undefined) {
      throw invitationEnded();
    }
    await requireStrong(password, { email: invited.email, field: 'password' });
    const passwordHash = await hashPassword(password);
    const user = await this.#users.acceptInvitation(this.workspaceId, {
      tokenHash,
      now,
      passwordHash,
    });
    if (user === undefined) {
      throw invitationEnded();
    }
    await this.sessions.endOthers(user.id, undefined);
    await this.sessions.open(user.id, asking.session, asking.origin);
  }

  /** @throws {Problem} password-wrong, password-weak, too-many-attempts */
  async changePassword(
    caller: UserCaller,
    { current, next }: { readonly current: string; readonly next: string },
    address: string,
  ): Promise<void> {
    const user = await this.requireOwnPassword(
      caller,
      { password: current, field: 'current' },
      address,
    );
    await requireStrong(next, { email: user.email, field: 'next' });
    const passwordHash = await hashPassword(next);
    await this.#users.change(this.workspaceId, user.id, { passwordHash });
    await this.sessions.endOthers(user.id, caller.sessionId);
  }

  /**
   * Asks who is signed in for the password once more.
   *
   * @throws {Problem} password-wrong, too-many-attempts
   */
  async requireOwnPassword(
    { identity }: UserCaller,
    { password, field }: { readonly password: string; readonly field: string },
    address: string,
  ): Promise<StoredUser> {
    const user = await this.#users.find(this.workspaceId, identity.id);
    if (user === undefined) {
      throw passwordWrong(field);
    }
    await this.#throttle.run({ address, account: user.email }, () =>
      this.#requirePassword(user, password, field),
    );
    return user;
  }

  async #requirePassword(
    user: StoredUser | undefined,
    password: string,
    field: string,
  ): Promise<void> {
    const stored = user?.passwordHash;
    this.#nobodysHash ??= hashPassword(newKeyId());
    const isRight = await isPassword(password, stored ?? (await this.#nobodysHash));
    if (user === undefined || stored === undefined || !isRight) {
      throw passwordWrong(field);
    }
    if (isOutdated(stored)) {
      const passwordHash = await hashPassword(password);
      await this.#users.change(this.workspaceId, user.id, { passwordHash });
    }
  }
}

function passwordWrong(field: string): Problem {
  return new Problem('password-wrong', 'Check the address and the password and try again.', field);
}

function passwordSetAlready(): Problem {
  return new Problem('password-set-already', 'Sign in with the password that was set.');
}

function invitationEnded(): Problem {
  return new Problem('invitation-ended', 'Ask an owner of the workspace for a new link.', 'token');
}
