import type { WorkspaceId } from '@tenth/model/ids.ts';
import { scope } from '@tenth/model/permission.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { KeyStore, StoredKey } from '../../admin/ports.ts';
import type { PostgresConnection } from './connection.ts';
import type { KeyTable } from './schema.ts';

const scopeList = z.array(scope);
const originList = z.array(z.string());

export function createKeyStore({ db }: PostgresConnection): KeyStore {
  return {
    async list(workspaceId) {
      const rows = await db
        .selectFrom('keys')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .orderBy('created_at')
        .orderBy('key_id')
        .execute();
      return rows.map(keyOf);
    },

    async insert(workspaceId, key) {
      await db
        .insertInto('keys')
        .values({
          workspace_id: workspaceId,
          key_id: key.id,
          kind: key.kind,
          name: key.name,
          prefix: key.prefix,
          secret: key.secret,
          previous_secret: key.previous?.secret ?? null,
          previous_until: key.previous?.until ?? null,
          scopes: JSON.stringify(key.scopes),
          origins: JSON.stringify(key.origins),
          created_at: key.createdAt,
          last_used_at: key.lastUsedAt ?? null,
          expires_at: key.expiresAt ?? null,
        })
        .execute();
    },

    async remove(workspaceId, keyId) {
      const row = await db
        .deleteFrom('keys')
        .where('workspace_id', '=', workspaceId)
        .where('key_id', '=', keyId)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? undefined : keyOf(row);
    },

    async change(workspaceId, keyId, { name, origins, secret, prefix, ...rest }) {
      const row = await db
        .updateTable('keys')
        .set({
          // What is undefined stays as it is.
          name,
          secret,
          prefix,
          origins: origins && JSON.stringify(origins),
          ...('previous' in rest
            ? {
                previous_secret: rest.previous?.secret ?? null,
                previous_until: rest.previous?.until ?? null,
              }
            : {}),
        })
        .where('workspace_id', '=', workspaceId)
        .where('key_id', '=', keyId)
        .returningAll()
        .executeTakeFirst();
      return row === undefined ? undefined : keyOf(row);
    },

    async findBySecret(kind, secret, now) {
      const row = await db
        .selectFrom('keys')
        .selectAll()
        .where('kind', '=', kind)
        .where(({ or, and, eb }) =>
          or([
            eb('secret', '=', secret),
            and([eb('previous_secret', '=', secret), eb('previous_until', '>', now)]),
          ]),
        )
        .where(({ or, eb }) => or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
        .executeTakeFirst();
      // The column refers to workspaces, where only checked ids are.
      return row === undefined
        ? undefined
        : { workspaceId: row.workspace_id as WorkspaceId, key: keyOf(row) };
    },

    async markUsed(workspaceId, keyId, at) {
      await db
        .updateTable('keys')
        .set({ last_used_at: at })
        .where('workspace_id', '=', workspaceId)
        .where('key_id', '=', keyId)
        .execute();
    },
  };
}

function keyOf(row: Selectable<KeyTable>): StoredKey {
  return {
    id: row.key_id,
    name: row.name,
    kind: row.kind,
    prefix: row.prefix,
    scopes: scopeList.parse(JSON.parse(row.scopes)),
    secret: row.secret,
    previous:
      row.previous_secret === null || row.previous_until === null
        ? undefined
        : { secret: row.previous_secret, until: row.previous_until },
    origins: originList.parse(JSON.parse(row.origins)),
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
    expiresAt: row.expires_at ?? undefined,
  };
}
