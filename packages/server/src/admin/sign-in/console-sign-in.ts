import type { WorkspaceId } from '@tenth/model/ids.ts';
import { permissions } from '@tenth/model/permission.ts';
import { Problem } from '@tenth/model/problem.ts';
import { DAY_MS, SECOND_MS } from '@tenth/model/time.ts';
import type { BrowserSession, Caller } from '../call.ts';
import type { ConsoleAuthStore } from '../ports.ts';
import { hashSecret, newSecret } from '../secrets.ts';
import { hashPassword, isPassword } from './password.ts';
import { SignInThrottle } from './throttle.ts';

/** A week: the longest that ASVS level 2 suits without asking again. */
const SESSION_MS = 7 * DAY_MS;

export interface ConsoleSignInDeps {
  readonly store: ConsoleAuthStore;
  /** The workspace that this installation's console is for. */
  readonly workspaceId: WorkspaceId;
  readonly now: () => number;
}

/** The one password of the console, and the sessions it opens. */
export class ConsoleSignIn {
  readonly workspaceId: WorkspaceId;
  readonly #store: ConsoleAuthStore;
  readonly #now: () => number;
  readonly #throttle: SignInThrottle;

  constructor({ store, workspaceId, now }: ConsoleSignInDeps) {
    this.workspaceId = workspaceId;
    this.#store = store;
    this.#now = now;
    this.#throttle = new SignInThrottle(now);
  }

  async hasPassword(): Promise<boolean> {
    return (await this.#store.findPasswordHash(this.workspaceId)) !== undefined;
  }

  /** Who is signed in with this token; undefined for none, an unknown or an expired one. */
  async findCaller(token: string | undefined): Promise<Caller | undefined> {
    if (token === undefined || token === '') {
      return undefined;
    }
    const session = await this.#store.findSession(this.workspaceId, hashSecret(token));
    return session === undefined || session.expiresAt <= this.#now()
      ? undefined
      : {
          workspaceId: this.workspaceId,
          permissions: new Set(permissions),
          identity: { kind: 'user', id: 'console' },
        };
  }

  /** @throws {Problem} password-set-already */
  async setUp(password: string, session: BrowserSession): Promise<void> {
    if (await this.hasPassword()) {
      throw passwordSetAlready();
    }
    const hash = await hashPassword(password);
    if (!(await this.#store.setFirstPassword(this.workspaceId, hash, this.#now()))) {
      throw passwordSetAlready();
    }
    await this.#open(session);
  }

  /** @throws {Problem} password-wrong, too-many-attempts */
  async signIn(password: string, session: BrowserSession, clientIp: string): Promise<void> {
    const stored = await this.#store.findPasswordHash(this.workspaceId);
    if (stored === undefined) {
      throw new Problem('password-wrong', 'No password is set yet; set one first.', 'password');
    }
    if (!(await this.#throttle.run(clientIp, () => isPassword(password, stored)))) {
      throw new Problem('password-wrong', 'Check the password and try again.', 'password');
    }
    await this.signOut(session);
    await this.#open(session);
  }

  async signOut(session: BrowserSession): Promise<void> {
    if (session.token !== undefined) {
      await this.#store.removeSession(this.workspaceId, hashSecret(session.token));
    }
    session.clear();
  }

  async #open(session: BrowserSession): Promise<void> {
    const token = newSecret('');
    const createdAt = this.#now();
    await this.#store.addSession(this.workspaceId, {
      tokenHash: hashSecret(token),
      createdAt,
      expiresAt: createdAt + SESSION_MS,
    });
    session.set(token, SESSION_MS / SECOND_MS);
  }
}

function passwordSetAlready(): Problem {
  return new Problem('password-set-already', 'Sign in with the password that was set.');
}
