import { scope } from '@tenth/model/api.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { Selectable } from 'kysely';
import { z } from 'zod';
import type { KeyStore, StoredKey } from '../../admin/ports.ts';
import type { PostgresConnection } from './connection.ts';
import type { KeyTable } from './schema.ts';

const scopeList = z.array(scope);

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
          scopes: JSON.stringify(key.scopes),
          created_at: key.createdAt,
          last_used_at: key.lastUsedAt ?? null,
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

    async findBySecret(kind, secret) {
      const row = await db
        .selectFrom('keys')
        .selectAll()
        .where('kind', '=', kind)
        .where('secret', '=', secret)
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
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at ?? undefined,
  };
}
