import type { ApiKey } from '@tenth/model/api.ts';
import { Problem } from '@tenth/model/problem.ts';
import type { Handlers } from '../call.ts';
import type { KeyStore, StoredKey } from '../ports.ts';
import { hashSecret, newKeyId, newSecret } from '../secrets.ts';

type KeyHandlers = Pick<Handlers, 'listKeys' | 'createKey' | 'deleteKey'>;

export interface KeyHandlerDeps {
  readonly store: KeyStore;
  readonly now: () => number;
  /** Told of a key that is gone, so that nobody goes on knowing it. */
  readonly onRevoked: (key: StoredKey) => void;
}

/** Characters of a secret that tell it from others and give nothing away. */
const PREFIX_LENGTH = 8;

export function keyHandlers({ store, now, onRevoked }: KeyHandlerDeps): KeyHandlers {
  return {
    async listKeys({ caller }) {
      return { keys: (await store.list(caller.workspaceId)).map(toApiKey) };
    },

    async createKey({ caller, body: { kind, name, scopes } }) {
      const secret = newSecret(kind === 'write_key' ? 'twk_' : 'tak_');
      const key: StoredKey = {
        id: newKeyId(),
        name,
        kind,
        prefix: secret.slice(0, PREFIX_LENGTH),
        // A write key does one thing, and that needs no scope.
        scopes: kind === 'write_key' ? [] : [...new Set(scopes)],
        secret: kind === 'write_key' ? secret : hashSecret(secret),
        createdAt: now(),
        lastUsedAt: undefined,
      };
      await store.insert(caller.workspaceId, key);
      return { key: toApiKey(key), secret };
    },

    async deleteKey({ caller, params: { id } }) {
      const key = await store.remove(caller.workspaceId, id);
      if (key === undefined) {
        throw new Problem('not-found', 'There is no such key.', 'id');
      }
      onRevoked(key);
      return { ok: true };
    },
  };
}

function toApiKey({ id, name, kind, prefix, scopes, createdAt, lastUsedAt }: StoredKey): ApiKey {
  return {
    id,
    name,
    kind,
    prefix,
    scopes: [...scopes],
    createdAt: new Date(createdAt).toISOString(),
    lastUsedAt: lastUsedAt === undefined ? null : new Date(lastUsedAt).toISOString(),
  };
}
