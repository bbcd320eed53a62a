import type { PostgresConnection } from './connection.ts';
import { createSeal, isSealed, type Seal, type SealKeys } from './seal.ts';

/** What seals the secrets of authenticator apps. */
export function totpSeal(keys: SealKeys): Seal {
  return createSeal(keys, 'totp');
}

/** Whose secret it is. */
export function placeOf(workspaceId: string, userId: string): string {
  return `${workspaceId}\n${userId}`;
}

export interface TotpSecretCounts {
  /** Not sealed: stored while there was no key. */
  readonly plain: number;
  /** Sealed with another key than this. */
  readonly unreadable: number;
  /** Sealed with the key before this one. */
  readonly previous: number;
  readonly readable: number;
}

/** How the secrets of all users are kept. Changes nothing. */
export async function countTotpSecrets(
  postgres: PostgresConnection,
  seal: Seal,
): Promise<TotpSecretCounts> {
  const stored = await readAll(postgres);
  const plain = stored.filter(({ secret }) => !isSealed(secret)).length;
  const sealed = stored.filter(
    ({ secret, place }) => isSealed(secret) && seal.open(secret, place) !== undefined,
  );
  const readable = sealed.filter(({ secret, place }) => seal.isCurrent(secret, place)).length;
  const unreadable = stored.length - plain - sealed.length;
  return { plain, unreadable, previous: sealed.length - readable, readable };
}

/** Seals what was stored while there was no key or another one; nothing where there is none now. */
export async function sealTotpSecrets(postgres: PostgresConnection, seal: Seal): Promise<void> {
  if (!seal.isKeyed) {
    return;
  }
  for (const { workspaceId, userId, secret, place } of await readAll(postgres)) {
    const plain = seal.isCurrent(secret, place) ? undefined : seal.open(secret, place);
    if (plain !== undefined) {
      await postgres.db
        .updateTable('users')
        .set({ totp_secret: seal.seal(plain, place) })
        .where('workspace_id', '=', workspaceId)
        .where('user_id', '=', userId)
        // Another process, or the user, may have been quicker.
        .where('totp_secret', '=', secret)
        .execute();
    }
  }
}

interface StoredSecret {
  readonly workspaceId: string;
  readonly userId: string;
  readonly secret: string;
  readonly place: string;
}

/** Over all workspaces: the key is the installation's. */
async function readAll({ db }: PostgresConnection): Promise<readonly StoredSecret[]> {
  const rows = await db
    .selectFrom('users')
    .select(['workspace_id', 'user_id', 'totp_secret'])
    .where('totp_secret', 'is not', null)
    .execute();
  return rows.map(({ workspace_id: workspaceId, user_id: userId, totp_secret: secret }) => ({
    workspaceId,
    userId,
    secret: secret ?? '',
    place: placeOf(workspaceId, userId),
  }));
}
