import { permissionsOfScopes } from '@tenth/model/permission.ts';
import type { Caller } from './call.ts';
import { hashSecret } from './secrets.ts';
import type { UsedKeys } from './used-keys.ts';

/** Scripts and servers that call with an API key. */
export class ApiCallers {
  readonly #keys: Pick<UsedKeys, 'find'>;

  constructor(keys: Pick<UsedKeys, 'find'>) {
    this.#keys = keys;
  }

  async find(secret: string): Promise<Caller | undefined> {
    const found = await this.#keys.find('api_key', hashSecret(secret));
    return found === undefined
      ? undefined
      : {
          workspaceId: found.workspaceId,
          permissions: permissionsOfScopes(found.key.scopes),
          identity: { kind: 'api_key', id: found.key.id },
        };
  }
}
