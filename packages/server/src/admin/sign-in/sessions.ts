import type { WorkspaceId } from '@tenth/model/ids.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@tenth/model/time.ts';
import type { BrowserSession, CallOrigin } from '../call.ts';
import { hashSecret, newKeyId, newSecret } from '../secrets.ts';
import type { SessionStore, StoredSession } from './ports.ts';

/** A week: the longest that ASVS level 2 suits without asking again. */
const SESSION_MS = 7 * DAY_MS;
/** A working day and the way home; after a night one signs in again. */
const IDLE_MS = 12 * HOUR_MS;
/** How exactly it is known when a session was last used. */
const SEEN_EVERY_MS = 5 * MINUTE_MS;
const MOST_AGENT_CHARACTERS = 300;

export interface SessionsDeps {
  readonly store: SessionStore;
  readonly workspaceId: WorkspaceId;
  readonly now: () => number;
}

/** Browsers that are signed in. */
export class Sessions {
  readonly #deps: SessionsDeps;

  constructor(deps: SessionsDeps) {
    this.#deps = deps;
  }

  /** Signs a browser in under a new token; the session it had before ends, whosever it was. */
  async open(
    userId: string,
    browser: BrowserSession,
    { address, userAgent }: Pick<CallOrigin, 'address' | 'userAgent'>,
  ): Promise<void> {
    const { store, workspaceId, now } = this.#deps;
    await this.#forget(browser);
    const token = newSecret('');
    const at = now();
    await store.add(workspaceId, {
      id: newKeyId(),
      tokenHash: hashSecret(token),
      userId,
      createdAt: at,
      seenAt: at,
      expiresAt: at + SESSION_MS,
      address,
      userAgent: userAgent.slice(0, MOST_AGENT_CHARACTERS),
    });
    browser.set(token, SESSION_MS / SECOND_MS);
  }

  /**
   * The session of this token, if it stands.
   *
   * @param how.isUse Its use is written down, and it goes on.
   */
  async find(
    token: string | undefined,
    { isUse }: { readonly isUse: boolean },
  ): Promise<StoredSession | undefined> {
    if (token === undefined || token === '') {
      return undefined;
    }
    const { store, workspaceId, now } = this.#deps;
    const session = await store.find(workspaceId, hashSecret(token));
    const at = now();
    if (session === undefined || !this.#stands(session, at)) {
      return undefined;
    }
    if (isUse && at - session.seenAt >= SEEN_EVERY_MS) {
      await store.markSeen(workspaceId, session.id, at);
    }
    return session;
  }

  async listOfUser(userId: string): Promise<readonly StoredSession[]> {
    const { store, workspaceId, now } = this.#deps;
    const at = now();
    return (await store.listOfUser(workspaceId, userId)).filter((one) => this.#stands(one, at));
  }

  /** @returns Whether there was one. */
  end(userId: string, sessionId: string): Promise<boolean> {
    return this.#deps.store.remove(this.#deps.workspaceId, { userId, sessionId });
  }

  /** @param kept This one goes on; undefined ends them all. */
  endOthers(userId: string, kept: string | undefined): Promise<void> {
    return this.#deps.store.removeOthers(this.#deps.workspaceId, userId, kept);
  }

  async close(browser: BrowserSession): Promise<void> {
    await this.#forget(browser);
    browser.clear();
  }

  async #forget({ token }: BrowserSession): Promise<void> {
    const { store, workspaceId } = this.#deps;
    const session =
      token === undefined ? undefined : await store.find(workspaceId, hashSecret(token));
    if (session !== undefined) {
      await this.end(session.userId, session.id);
    }
  }

  #stands({ seenAt, expiresAt }: StoredSession, at: number): boolean {
    return at < expiresAt && at - seenAt < IDLE_MS;
  }
}
