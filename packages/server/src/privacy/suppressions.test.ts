import { anEvent, T0 } from '@tenth/engine/testing/builders.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { KeyedHashes, keyedHash } from './keyed-hashes.ts';
import { Suppressions, suppressionName } from './suppressions.ts';

const SHOP = 'shop' as WorkspaceId;
const OTHER = 'other' as WorkspaceId;
const salts = new Map([
  [SHOP, 'ab'.repeat(32)],
  [OTHER, 'cd'.repeat(32)],
]);
const saltOf = (workspaceId: WorkspaceId) => salts.get(workspaceId) ?? '';

async function suppress(
  kind: string,
  value: string,
  erasedAt = T0,
  workspaceId = SHOP,
): Promise<Suppressions> {
  const name = suppressionName({ kind, value });
  const hash = keyedHash(saltOf(workspaceId), 'suppression', name);
  const suppressions = new Suppressions(
    { list: async () => [{ workspaceId, hash, erasedAt }] },
    new KeyedHashes({ getOrKeep: async (id) => saltOf(id) }),
  );
  await suppressions.load();
  return suppressions;
}

test('what happened up to the erasure is kept out, and what happened since comes in', async () => {
  const suppressions = await suppress('user_id', 'u1');
  const of = (at: number) => anEvent({ userId: 'u1', at });
  const [late, next] = [of(T0), of(T0 + 1)];
  expect(suppressions.admit(SHOP, [of(T0 - 1), late, next])).toEqual([next]);
  expect(suppressions.admit(OTHER, [late])).toEqual([late]);
});

test.each([
  { name: 'the user of a device', event: { userId: 'u1', anonymousId: 'a1' }, isIn: false },
  { name: 'another user of it', event: { userId: 'u2', anonymousId: 'u1' }, isIn: true },
  {
    name: 'an alias of them',
    event: { type: 'alias', userId: 'u2', previousId: 'u1' },
    isIn: false,
  },
  { name: 'a device of that name', event: { userId: undefined, anonymousId: 'u1' }, isIn: true },
] as const)('$name: comes in: $isIn', async ({ event, isIn }) => {
  const suppressions = await suppress('user_id', 'u1');
  expect(suppressions.admit(SHOP, [anEvent({ ...event, at: T0 })])).toHaveLength(isIn ? 1 : 0);
});

test('a hash says nothing without the salt', () => {
  const name = suppressionName({ kind: 'user_id', value: 'u1' });
  const hashes = [...salts.values()].map((salt) => keyedHash(salt, 'suppression', name));
  expect(new Set(hashes).size).toBe(2);
});

test('what another node adds later is taken over, and what was known stays', async () => {
  const hashOf = (value: string) =>
    keyedHash(saltOf(SHOP), 'suppression', suppressionName({ kind: 'user_id', value }));
  const stored = [{ workspaceId: SHOP, hash: hashOf('u1'), erasedAt: T0 }];
  const asked: number[] = [];
  const suppressions = new Suppressions(
    {
      list: async (since) => {
        asked.push(since);
        return stored.filter(({ erasedAt }) => erasedAt >= since);
      },
    },
    new KeyedHashes({ getOrKeep: async (id) => saltOf(id) }),
  );
  await suppressions.load();
  stored.push({ workspaceId: SHOP, hash: hashOf('u2'), erasedAt: T0 + 2 * HOUR_MS });
  await suppressions.load();
  await suppressions.load();
  expect(asked).toEqual([0, T0 - HOUR_MS, T0 + HOUR_MS]);
  const of = (userId: string, at: number) => anEvent({ userId, at });
  expect(suppressions.admit(SHOP, [of('u1', T0), of('u2', T0 + 1), of('u1', T0 + 1)])).toHaveLength(
    1,
  );
});
