import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { z } from 'zod';
import type { OwnerKept, StoredTotp, StoredUser, UserStore } from '../../admin/sign-in/ports.ts';
import type { PostgresConnection } from './connection.ts';
import type { Database, UserTable } from './schema.ts';
import type { Seal } from './seal.ts';
import { placeOf } from './totp-secrets.ts';

const hashList = z.array(z.string());

/** @param seal Under which the secrets of authenticator apps are kept. */
export function createUserStore({ db }: PostgresConnection, seal: Seal): UserStore {
  const userOf = (row: Selectable<UserTable>) => toUser(row, seal);
  const ofUser = (workspaceId: WorkspaceId, userId: string) =>
    db.updateTable('users').where('workspace_id', '=', workspaceId).where('user_id', '=', userId);
  const findWhere = async (
    workspaceId: WorkspaceId,
    column: 'user_id' | 'email',
    value: string,
  ): Promise<StoredUser | undefined> => {
    const row = await db
      .selectFrom('users')
      .selectAll()
      .where('workspace_id', '=', workspaceId)
      .where(column, '=', value)
      .executeTakeFirst();
    return row === undefined ? undefined : userOf(row);
  };
  return {
    async hasActive(workspaceId) {
      const row = await db
        .selectFrom('users')
        .select('user_id')
        .where('workspace_id', '=', workspaceId)
        .where('password_hash', 'is not', null)
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    addFirst: (workspaceId, user) =>
      db.transaction().execute(async (tx) => {
        await lockUsers(tx, workspaceId);
        const anybody = await tx
          .selectFrom('users')
          .select('user_id')
          .where('workspace_id', '=', workspaceId)
          .limit(1)
          .executeTakeFirst();
        return anybody === undefined && insert(tx, workspaceId, user, seal);
      }),

    add: (workspaceId, user) => insert(db, workspaceId, user, seal),

    async list(workspaceId) {
      const rows = await db
        .selectFrom('users')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .orderBy('created_at')
        .orderBy('user_id')
        .execute();
      return rows.map(userOf);
    },

    find: (workspaceId, userId) => findWhere(workspaceId, 'user_id', userId),

    findByEmail: (workspaceId, email) => findWhere(workspaceId, 'email', email),

    async change(workspaceId, userId, change) {
      const { passwordHash, invitation } = change;
      const columns = {
        ...('passwordHash' in change ? { password_hash: passwordHash ?? null } : {}),
        ...('invitation' in change
          ? {
              invitation_hash: invitation?.tokenHash ?? null,
              invited_until: invitation?.until ?? null,
            }
          : {}),
        ...('totp' in change ? noTotp : {}),
      };
      await ofUser(workspaceId, userId).set(columns).execute();
    },

    async setTotp(workspaceId, userId, totp) {
      const { numUpdatedRows } = await ofUser(workspaceId, userId)
        .set(totpColumns(totp, seal, placeOf(workspaceId, userId)))
        .where('totp_secret', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    async acceptInvitation(workspaceId, { tokenHash, now, passwordHash }) {
      const row = await db
        .updateTable('users')
        .set({
          password_hash: passwordHash,
          invitation_hash: null,
          invited_until: null,
          ...noTotp,
        })
        .where('workspace_id', '=', workspaceId)
        .where('invitation_hash', '=', tokenHash)
        .where('invited_until', '>', now)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? undefined : userOf(row);
    },

    async spendCode(workspaceId, userId, { before, after }) {
      const { numUpdatedRows } = await ofUser(workspaceId, userId)
        .set(spentColumns(after))
        // A secret that was set meanwhile came with recovery codes of its own.
        .where('totp_secret', 'is not', null)
        .where('totp_step', '=', before.lastStep)
        .where('recovery_hashes', '=', JSON.stringify(before.recoveryHashes))
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    setRole: (workspaceId, userId, role) =>
      keepingAnOwner(db, workspaceId, userId, role, (tx) =>
        tx
          .updateTable('users')
          .set({ role })
          .where('workspace_id', '=', workspaceId)
          .where('user_id', '=', userId)
          .execute(),
      ),

    remove: (workspaceId, userId) =>
      keepingAnOwner(db, workspaceId, userId, undefined, (tx) =>
        tx
          .deleteFrom('users')
          .where('workspace_id', '=', workspaceId)
          .where('user_id', '=', userId)
          .execute(),
      ),
  };
}

/** Does it unless that would leave nobody who can sign in as an owner; changes wait for one another. */
function keepingAnOwner(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  userId: string,
  role: UserTable['role'] | undefined,
  change: (tx: Transaction<Database>) => Promise<unknown>,
): Promise<OwnerKept> {
  return db.transaction().execute(async (tx) => {
    await lockUsers(tx, workspaceId);
    const rows = await tx
      .selectFrom('users')
      .select(['user_id', 'role', 'password_hash'])
      .where('workspace_id', '=', workspaceId)
      .execute();
    if (!rows.some((row) => row.user_id === userId)) {
      return 'missing';
    }
    const hasOwner = rows.some(
      (row) => row.password_hash !== null && (row.user_id === userId ? role : row.role) === 'owner',
    );
    if (!hasOwner) {
      return 'last-owner';
    }
    await change(tx);
    return 'done';
  });
}

/** Two that act at one time would each see the other's owner. */
async function lockUsers(tx: Transaction<Database>, workspaceId: WorkspaceId): Promise<void> {
  await tx
    .selectFrom('workspaces')
    .select('workspace_id')
    .where('workspace_id', '=', workspaceId)
    .forUpdate()
    .execute();
}

async function insert(
  db: Kysely<Database>,
  workspaceId: WorkspaceId,
  user: StoredUser,
  seal: Seal,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('users')
    .values({
      workspace_id: workspaceId,
      user_id: user.id,
      email: user.email,
      role: user.role,
      password_hash: user.passwordHash ?? null,
      invitation_hash: user.invitation?.tokenHash ?? null,
      invited_until: user.invitation?.until ?? null,
      ...totpColumns(user.totp, seal, placeOf(workspaceId, user.id)),
      created_at: user.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

const noTotp = { totp_secret: null, totp_step: 0, recovery_hashes: '[]' } as const;

function totpColumns(totp: StoredTotp | undefined, seal: Seal, place: string) {
  return totp?.secret === undefined
    ? noTotp
    : { totp_secret: seal.seal(totp.secret, place), ...spentColumns(totp) };
}

function spentColumns({ lastStep, recoveryHashes }: StoredTotp) {
  return { totp_step: lastStep, recovery_hashes: JSON.stringify(recoveryHashes) };
}

function toUser(row: Selectable<UserTable>, seal: Seal): StoredUser {
  return {
    id: row.user_id,
    email: row.email,
    role: row.role,
    passwordHash: row.password_hash ?? undefined,
    invitation:
      row.invitation_hash === null || row.invited_until === null
        ? undefined
        : { tokenHash: row.invitation_hash, until: row.invited_until },
    totp:
      row.totp_secret === null
        ? undefined
        : {
            secret: seal.open(row.totp_secret, placeOf(row.workspace_id, row.user_id)),
            lastStep: row.totp_step,
            recoveryHashes: hashList.parse(JSON.parse(row.recovery_hashes)),
          },
    createdAt: row.created_at,
  };
}
