import type { ApiKey } from '@tenth/model/api-key.ts';
import { mayGive, type Scope } from '@tenth/model/permission.ts';
import { Problem } from '@tenth/model/problem.ts';
import { DAY_MS, HOUR_MS } from '@tenth/model/time.ts';
import type { Caller, Handlers } from '../call.ts';
import type { KeyKind, KeyStore, StoredKey } from '../ports.ts';
import { hashSecret, newKeyId, newSecret } from '../secrets.ts';

type KeyHandlers = Pick<
  Handlers,
  'listKeys' | 'createKey' | 'changeKey' | 'rotateKey' | 'deleteKey'
>;

export interface KeyHandlerDeps {
  readonly store: KeyStore;
  readonly now: () => number;
  /** Told of a key as it was before it changed or went, so that nobody goes on knowing it as that. */
  readonly onChanged: (before: StoredKey) => void;
}

/** Characters of a secret that tell it from others and give nothing away. */
const PREFIX_LENGTH = 8;

export function keyHandlers({ store, now, onChanged }: KeyHandlerDeps): KeyHandlers {
  const change = async (
    before: StoredKey,
    changed: Promise<StoredKey | undefined>,
  ): Promise<StoredKey> => {
    const key = await changed;
    if (key === undefined) {
      throw noSuchKey();
    }
    onChanged(before);
    return key;
  };
  const find: (...ofKey: Parameters<KeyStore['remove']>) => Promise<StoredKey> = async (
    workspaceId,
    keyId,
  ) => {
    const key = (await store.list(workspaceId)).find(({ id }) => id === keyId);
    if (key === undefined) {
      throw noSuchKey();
    }
    return key;
  };
  return {
    async listKeys({ caller }) {
      return { keys: (await store.list(caller.workspaceId)).map((key) => toApiKey(key, now())) };
    },

    async createKey({ caller, body: { kind, name, scopes, origins, expiresInDays } }) {
      requireWriteKey(kind, origins);
      // A write key does one thing, and that needs no scope.
      const given = kind === 'write_key' ? [] : [...new Set(scopes)];
      requireMayGive(caller, given);
      const { secret, stored } = makeSecret(kind);
      const createdAt = now();
      const key: StoredKey = {
        id: newKeyId(),
        name,
        kind,
        scopes: given,
        ...stored,
        previous: undefined,
        origins: [...new Set(origins)],
        createdAt,
        lastUsedAt: undefined,
        expiresAt: expiresInDays === undefined ? undefined : createdAt + expiresInDays * DAY_MS,
      };
      await store.insert(caller.workspaceId, key);
      return { key: toApiKey(key, createdAt), secret };
    },

    async changeKey({ caller: { workspaceId }, params: { id }, body: { name, origins } }) {
      const before = await find(workspaceId, id);
      requireWriteKey(before.kind, origins ?? []);
      const changes = {
        ...(name === undefined ? {} : { name }),
        ...(origins === undefined ? {} : { origins: [...new Set(origins)] }),
      };
      const key = await change(before, store.change(workspaceId, id, changes));
      return { key: toApiKey(key, now()) };
    },

    async rotateKey({ caller, params: { id }, body: { graceHours } }) {
      const { workspaceId } = caller;
      const before = await find(workspaceId, id);
      // Whoever has the new secret has the key.
      requireMayGive(caller, before.scopes);
      const { secret, stored } = makeSecret(before.kind);
      const previous =
        graceHours === 0
          ? undefined
          : { secret: before.secret, until: now() + graceHours * HOUR_MS };
      const key = await change(before, store.change(workspaceId, id, { ...stored, previous }));
      return { key: toApiKey(key, now()), secret };
    },

    async deleteKey({ caller, params: { id } }) {
      const key = await store.remove(caller.workspaceId, id);
      if (key === undefined) {
        throw noSuchKey();
      }
      onChanged(key);
      return { ok: true };
    },
  };
}

function noSuchKey(): Problem {
  return new Problem('not-found', 'There is no such key.', 'id');
}

function requireWriteKey(kind: KeyKind, origins: readonly string[]): void {
  if (kind === 'api_key' && origins.length > 0) {
    throw new Problem('body-invalid', 'Only a write key is used by pages.', 'origins');
  }
}

/** A key does no more than who makes it may do, or making keys would be every permission. */
function requireMayGive({ permissions, identity }: Caller, scopes: readonly Scope[]): void {
  if (!mayGive(permissions, scopes)) {
    throw identity.kind === 'api_key'
      ? new Problem('scope-missing', 'Use an API key that has these scopes itself.', 'scopes')
      : new Problem(
          'permission-missing',
          'Ask an owner of the workspace: these scopes do more than your role may.',
          'scopes',
        );
  }
}

function makeSecret(kind: KeyKind) {
  const secret = newSecret(kind === 'write_key' ? 'twk_' : 'tak_');
  return {
    secret,
    stored: {
      prefix: secret.slice(0, PREFIX_LENGTH),
      secret: kind === 'write_key' ? secret : hashSecret(secret),
    },
  };
}

function toApiKey(key: StoredKey, now: number): ApiKey {
  const { id, name, kind, prefix, scopes, origins, previous } = key;
  return {
    id,
    name,
    kind,
    prefix,
    scopes: [...scopes],
    origins: [...origins],
    createdAt: new Date(key.createdAt).toISOString(),
    lastUsedAt: isoOf(key.lastUsedAt),
    expiresAt: isoOf(key.expiresAt),
    previousUntil: isoOf(
      previous !== undefined && previous.until > now ? previous.until : undefined,
    ),
  };
}

function isoOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
