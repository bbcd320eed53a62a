import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Role } from '@tenth/model/permission.ts';
import type {
  OwnerKept,
  SessionStore,
  StoredSession,
  StoredUser,
  UserStore,
} from '../sign-in/ports.ts';

interface UserRow {
  readonly workspaceId: WorkspaceId;
  user: StoredUser;
}

/** Users in memory that keep the port's promises. */
export function memoryUsers(): UserStore {
  let rows: UserRow[] = [];
  const own = (workspaceId: WorkspaceId) => rows.filter((row) => row.workspaceId === workspaceId);
  const rowOf = (workspaceId: WorkspaceId, userId: string) =>
    own(workspaceId).find(({ user }) => user.id === userId);
  const keepingAnOwner = (
    workspaceId: WorkspaceId,
    userId: string,
    role: Role | undefined,
    change: (row: UserRow) => void,
  ): OwnerKept => {
    const row = rowOf(workspaceId, userId);
    if (row === undefined) {
      return 'missing';
    }
    const hasOwner = own(workspaceId).some(
      ({ user }) =>
        user.passwordHash !== undefined && (user.id === userId ? role : user.role) === 'owner',
    );
    if (!hasOwner) {
      return 'last-owner';
    }
    change(row);
    return 'done';
  };
  return {
    async hasActive(workspaceId) {
      return own(workspaceId).some(({ user }) => user.passwordHash !== undefined);
    },
    async addFirst(workspaceId, user) {
      if (own(workspaceId).length > 0) {
        return false;
      }
      rows.push({ workspaceId, user });
      return true;
    },
    async add(workspaceId, user) {
      if (own(workspaceId).some((row) => row.user.email === user.email)) {
        return false;
      }
      rows.push({ workspaceId, user });
      return true;
    },
    async list(workspaceId) {
      return own(workspaceId).map(({ user }) => user);
    },
    async find(workspaceId, userId) {
      return rowOf(workspaceId, userId)?.user;
    },
    async findByEmail(workspaceId, email) {
      return own(workspaceId).find(({ user }) => user.email === email)?.user;
    },
    async change(workspaceId, userId, change) {
      const row = rowOf(workspaceId, userId);
      if (row !== undefined) {
        row.user = { ...row.user, ...change };
      }
    },
    async setTotp(workspaceId, userId, totp) {
      const row = rowOf(workspaceId, userId);
      if (row === undefined || row.user.totp !== undefined) {
        return false;
      }
      row.user = { ...row.user, totp };
      return true;
    },
    async acceptInvitation(workspaceId, { tokenHash, now, passwordHash }) {
      const row = own(workspaceId).find(
        ({ user: { invitation } }) => invitation?.tokenHash === tokenHash && invitation.until > now,
      );
      if (row === undefined) {
        return undefined;
      }
      row.user = { ...row.user, passwordHash, invitation: undefined, totp: undefined };
      return row.user;
    },
    async spendCode(workspaceId, userId, { before, after }) {
      const row = rowOf(workspaceId, userId);
      if (row === undefined || JSON.stringify(row.user.totp) !== JSON.stringify(before)) {
        return false;
      }
      row.user = { ...row.user, totp: after };
      return true;
    },
    async setRole(workspaceId, userId, role) {
      return keepingAnOwner(workspaceId, userId, role, (row) => {
        row.user = { ...row.user, role };
      });
    },
    async remove(workspaceId, userId) {
      return keepingAnOwner(workspaceId, userId, undefined, (gone) => {
        rows = rows.filter((row) => row !== gone);
      });
    },
  };
}

/** Sessions in memory; those of a user who was removed are gone with them. */
export function memorySessions(users: Pick<UserStore, 'find'>): SessionStore {
  let rows: { readonly workspaceId: WorkspaceId; session: StoredSession }[] = [];
  return {
    async add(workspaceId, session) {
      rows.push({ workspaceId, session });
    },
    async find(workspaceId, tokenHash) {
      const found = rows.find(
        (row) => row.workspaceId === workspaceId && row.session.tokenHash === tokenHash,
      )?.session;
      return found === undefined || (await users.find(workspaceId, found.userId)) === undefined
        ? undefined
        : found;
    },
    async markSeen(workspaceId, sessionId, at) {
      for (const row of rows) {
        if (row.workspaceId === workspaceId && row.session.id === sessionId) {
          row.session = { ...row.session, seenAt: at };
        }
      }
    },
    async listOfUser(workspaceId, userId) {
      return rows
        .filter((row) => row.workspaceId === workspaceId && row.session.userId === userId)
        .map(({ session }) => session)
        .sort((left, right) => right.seenAt - left.seenAt);
    },
    async remove(workspaceId, { userId, sessionId }) {
      const before = rows.length;
      rows = rows.filter(
        ({ session, ...row }) =>
          row.workspaceId !== workspaceId || session.userId !== userId || session.id !== sessionId,
      );
      return rows.length < before;
    },
    async removeOthers(workspaceId, userId, kept) {
      rows = rows.filter(
        ({ session, ...row }) =>
          row.workspaceId !== workspaceId || session.userId !== userId || session.id === kept,
      );
    },
  };
}
