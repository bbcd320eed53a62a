import type { WorkspaceId } from '@tenth/model/ids.ts';
import { Problem } from '@tenth/model/problem.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import type { User } from '@tenth/model/user.ts';
import type { Handlers } from '../call.ts';
import { hashSecret, newKeyId, newSecret } from '../secrets.ts';
import type { OwnerKept, StoredUser, UserStore } from '../sign-in/ports.ts';

type UserHandlers = Pick<
  Handlers,
  'listUsers' | 'inviteUser' | 'reinviteUser' | 'setUserRole' | 'removeUser'
>;

/** Long enough for a weekend; the link is as good as the account. */
const INVITATION_MS = 72 * HOUR_MS;

export function userHandlers({
  users,
  now,
}: {
  readonly users: UserStore;
  readonly now: () => number;
}): UserHandlers {
  const invitation = () => {
    const token = newSecret('');
    return {
      token,
      // Behind the hash, so that the token gets into no log on its way.
      path: `/console/#invitation=${token}`,
      stored: { tokenHash: hashSecret(token), until: now() + INVITATION_MS },
    };
  };
  const find = async (workspaceId: WorkspaceId, id: string): Promise<StoredUser> => {
    const user = await users.find(workspaceId, id);
    if (user === undefined) {
      throw noSuchUser();
    }
    return user;
  };
  return {
    async listUsers({ caller }) {
      const all = await users.list(caller.workspaceId);
      return { users: all.map((user) => toUser(user, now())) };
    },

    async inviteUser({ caller, body: { email, role } }) {
      const { token, path, stored } = invitation();
      const user: StoredUser = {
        id: newKeyId(),
        email,
        role,
        passwordHash: undefined,
        invitation: stored,
        totp: undefined,
        createdAt: now(),
      };
      if (!(await users.add(caller.workspaceId, user))) {
        throw new Problem('user-exists', 'Give another address, or a new link.', 'email');
      }
      return { user: toUser(user, now()), token, path };
    },

    async reinviteUser({ caller: { workspaceId }, params: { id } }) {
      const user = await find(workspaceId, id);
      const { token, path, stored } = invitation();
      await users.change(workspaceId, id, { invitation: stored });
      return { user: toUser({ ...user, invitation: stored }, now()), token, path };
    },

    async setUserRole({ caller: { workspaceId }, params: { id }, body: { role } }) {
      requireDone(await users.setRole(workspaceId, id, role));
      return { user: toUser(await find(workspaceId, id), now()) };
    },

    async removeUser({ caller: { workspaceId }, params: { id } }) {
      requireDone(await users.remove(workspaceId, id));
      return { ok: true };
    },
  };
}

/** @throws {Problem} not-found, last-owner */
function requireDone(outcome: OwnerKept): void {
  switch (outcome) {
    case 'done':
      return;
    case 'missing':
      throw noSuchUser();
    case 'last-owner':
      throw new Problem('last-owner', 'Make somebody else an owner first.', 'id');
  }
}

function noSuchUser(): Problem {
  return new Problem('not-found', 'There is no such user.', 'id');
}

function toUser(
  { id, email, role, passwordHash, invitation, totp, createdAt }: StoredUser,
  now: number,
): User {
  return {
    id,
    email,
    role,
    state: passwordHash === undefined ? 'invited' : 'active',
    hasTotp: totp !== undefined,
    invitedUntil:
      invitation === undefined || invitation.until <= now
        ? null
        : new Date(invitation.until).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
  };
}
