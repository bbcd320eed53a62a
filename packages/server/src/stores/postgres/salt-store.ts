import type { SaltStore } from '../../privacy/ports.ts';
import type { PostgresConnection } from './connection.ts';

export function createSaltStore({ db }: Pick<PostgresConnection, 'db'>): SaltStore {
  return {
    async getOrKeep(workspaceId, fresh) {
      await db
        .insertInto('privacy_salts')
        .values({ workspace_id: workspaceId, salt: fresh })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { salt } = await db
        .selectFrom('privacy_salts')
        .select('salt')
        .where('workspace_id', '=', workspaceId)
        .executeTakeFirstOrThrow();
      return salt;
    },
  };
}
