import { anEvent, aPlan, T0 } from '@tenth/engine/testing/builders.ts';
import type { ProfileId, SegmentId, WorkspaceId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PeopleSearch, StoredKey } from '../../admin/ports.ts';
import { userStoreContract } from '../../admin/sign-in/testing/user-store-contract.ts';
import { aServer, encodePlainly, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { unmerge } from '../../identify/unmerge.ts';
import { createCommitStore } from './commit-store.ts';
import { createKeyStore } from './key-store.ts';
import { createMergeStore } from './merge-store.ts';
import { createPeopleStore } from './people-store.ts';
import { createPlanStore } from './plan-store.ts';
import { createSessionStore } from './session-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { totpSeal } from './totp-secrets.ts';
import { createUserStore } from './user-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

const OTHER = 'other' as WorkspaceId;
let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  const workspaces = createWorkspaceStore(database.connection);
  expect(await workspaces.ensure(WORKSPACE, T0)).toBe(true);
  expect(await workspaces.ensure(WORKSPACE, T0)).toBe(false);
  await workspaces.ensure(OTHER, T0 + 1);
  expect(await workspaces.list()).toEqual([WORKSPACE, OTHER]);
}, 60_000);
afterAll(() => database.remove());

const aDefinition = (version: number, name = 'Shop') =>
  planDefinition.parse({ version, settings: { name }, segments: [], campaigns: [] });

test('of two who publish the same version, one has published', async () => {
  const plans = createPlanStore(database.connection, () => T0);
  await expect(plans.findLatest(WORKSPACE)).resolves.toBeUndefined();
  const done = await Promise.all([
    plans.append(WORKSPACE, aDefinition(1, 'left')),
    plans.append(WORKSPACE, aDefinition(1, 'right')),
  ]);
  expect(done.filter(Boolean)).toHaveLength(1);
  await plans.append(WORKSPACE, aDefinition(2, 'second'));
  await expect(plans.findLatest(WORKSPACE)).resolves.toEqual(aDefinition(2, 'second'));
  await expect(plans.find(WORKSPACE, 1)).resolves.toMatchObject({ version: 1 });
  await expect(plans.findLatest(OTHER)).resolves.toBeUndefined();
  await expect(plans.latestVersions()).resolves.toEqual(new Map([[WORKSPACE, 2]]));
});

test('keys are found by secret and kind, and belong to one workspace', async () => {
  const keys = createKeyStore(database.connection);
  const key: StoredKey = {
    id: 'k1',
    name: 'Shop',
    kind: 'api_key',
    prefix: 'tk_12',
    scopes: ['read', 'write'],
    secret: 'hash',
    previous: undefined,
    origins: [],
    createdAt: T0,
    lastUsedAt: undefined,
    expiresAt: undefined,
  };
  await keys.insert(WORKSPACE, key);
  await expect(keys.findBySecret('api_key', 'hash', T0)).resolves.toEqual({
    workspaceId: WORKSPACE,
    key,
  });
  await expect(keys.findBySecret('write_key', 'hash', T0)).resolves.toBeUndefined();
  await keys.markUsed(OTHER, 'k1', T0 + 9);
  await expect(keys.list(WORKSPACE)).resolves.toEqual([key]);
  await keys.markUsed(WORKSPACE, 'k1', T0 + 9);
  await expect(keys.list(WORKSPACE)).resolves.toEqual([{ ...key, lastUsedAt: T0 + 9 }]);
  await expect(keys.remove(OTHER, 'k1')).resolves.toBeUndefined();
  await expect(keys.remove(WORKSPACE, 'k1')).resolves.toMatchObject({ id: 'k1' });
  await expect(keys.findBySecret('api_key', 'hash', T0)).resolves.toBeUndefined();
});

test('a key runs out; a replaced secret works until its time is over; the rest stays as it was', async () => {
  const keys = createKeyStore(database.connection);
  const key: StoredKey = {
    id: 'k2',
    name: 'Page',
    kind: 'write_key',
    prefix: 'twk_1',
    scopes: [],
    secret: 'first',
    previous: undefined,
    origins: ['https://shop.example'],
    createdAt: T0,
    lastUsedAt: undefined,
    expiresAt: T0 + 100,
  };
  await keys.insert(WORKSPACE, key);
  const previous = { secret: 'first', until: T0 + 10 };
  const rotated = { ...key, secret: 'second', prefix: 'twk_2', previous };
  await expect(
    keys.change(WORKSPACE, 'k2', { secret: 'second', prefix: 'twk_2', previous }),
  ).resolves.toEqual(rotated);
  await expect(keys.change(OTHER, 'k2', { name: 'x' })).resolves.toBeUndefined();

  const find = (secret: string, at: number) => keys.findBySecret('write_key', secret, at);
  await expect(find('first', T0 + 9)).resolves.toEqual({ workspaceId: WORKSPACE, key: rotated });
  await expect(find('first', T0 + 10)).resolves.toBeUndefined();
  await expect(find('second', T0 + 99)).resolves.toMatchObject({ key: { id: 'k2' } });
  await expect(find('second', T0 + 100)).resolves.toBeUndefined();

  await expect(keys.change(WORKSPACE, 'k2', { name: 'Site', origins: [] })).resolves.toEqual({
    ...rotated,
    name: 'Site',
    origins: [],
  });
  await keys.remove(WORKSPACE, 'k2');
});

userStoreContract(async () => ({
  users: createUserStore(
    database.connection,
    totpSeal({ present: 'a secret key of thirty-two characters' }),
  ),
  sessions: createSessionStore(database.connection),
  workspaces: [WORKSPACE, OTHER],
}));

const anySearch: PeopleSearch = {
  search: undefined,
  segmentId: undefined,
  limit: 50,
  before: undefined,
};

test('people are listed by last visit, page by page, and found by what they are called', async () => {
  const people = createPeopleStore(database.connection);
  const { pipeline } = aServer(createCommitStore(database.connection));
  for (let index = 0; index < 7; index += 1) {
    const at = T0 + index * 10 * MINUTE_MS;
    await pipeline.process(
      WORKSPACE,
      [
        anEvent({
          type: 'identify',
          anonymousId: `browser-${index}`,
          userId: `User%${index}`,
          traits: { email: `Kim${index}@Example.com`, name: `김민지 ${index}_x` },
          at,
        }),
      ],
      false,
      at,
    );
  }
  const names = async (given: Partial<PeopleSearch>) => {
    const { people: found } = await people.search(WORKSPACE, { ...anySearch, ...given });
    return found.map(({ profile }) => profile.userId);
  };
  const pages: (string | undefined)[][] = [];
  let before: string | undefined;
  do {
    const page = await people.search(WORKSPACE, { ...anySearch, limit: 3, before });
    pages.push(page.people.map(({ profile }) => profile.userId));
    before = page.next ?? undefined;
  } while (before !== undefined);
  expect(pages).toEqual([
    ['User%6', 'User%5', 'User%4'],
    ['User%3', 'User%2', 'User%1'],
    ['User%0'],
  ]);
  await expect(names({ search: 'kim3@ex' })).resolves.toEqual(['User%3']);
  await expect(names({ search: '민지 4' })).resolves.toEqual(['User%4']);
  await expect(names({ search: 'user%5' })).resolves.toEqual(['User%5']);
  await expect(names({ search: 'browser-2' })).resolves.toEqual(['User%2']);
  await expect(names({ search: '%' })).resolves.toEqual([]);
  await expect(people.search(OTHER, anySearch)).resolves.toEqual({ people: [], next: null });

  const found = await people.find(WORKSPACE, { kind: 'anonymousId', value: 'browser-2' });
  expect(found?.identifiers).toEqual([
    { kind: 'user_id', value: 'User%2' },
    { kind: 'anonymous_id', value: 'browser-2' },
  ]);
  const id = found?.profile.id ?? ('' as ProfileId);
  await expect(people.find(WORKSPACE, { kind: 'profileId', value: id })).resolves.toEqual(found);
  await expect(people.find(OTHER, { kind: 'profileId', value: id })).resolves.toBeUndefined();
});

test('members of a segment are counted and listed', async () => {
  const people = createPeopleStore(database.connection);
  const rows = [
    ['p1', ' vip '],
    ['p2', ' new vip '],
    ['p3', ' vip-2 '],
  ];
  for (const [id, segments] of rows) {
    await database.connection.db
      .insertInto('people_index')
      .values({
        workspace_id: OTHER,
        profile_id: id ?? '',
        user_id: null,
        email: null,
        name: null,
        last_seen_at: T0,
        segments: segments ?? '',
      })
      .execute();
  }
  await expect(people.countBySegment(OTHER)).resolves.toEqual(
    new Map([
      ['vip', 2],
      ['new', 1],
      ['vip-2', 1],
    ]),
  );
  await expect(people.countBySegment(WORKSPACE)).resolves.toEqual(new Map());
  const { people: none } = await people.search(OTHER, {
    ...anySearch,
    segmentId: 'vip' as SegmentId,
  });
  // These rows have no profiles; the point is that the query runs.
  expect(none).toEqual([]);
});

test('a merge is listed, undone once, and both people are found again', async () => {
  const people = createPeopleStore(database.connection);
  const merges = createMergeStore(database.connection, encodePlainly);
  const server = aServer(createCommitStore(database.connection));
  const send = (given: Parameters<typeof anEvent>[0]) =>
    server.pipeline.process(WORKSPACE, [anEvent(given)], false, T0);
  await send({ anonymousId: 'desk', userId: 'park' });
  await send({ anonymousId: 'hand' });
  const hand = await people.find(WORKSPACE, { kind: 'anonymousId', value: 'hand' });
  await send({ anonymousId: 'hand', userId: 'park' });
  await send({ anonymousId: 'hand' });

  const park = await people.find(WORKSPACE, { kind: 'userId', value: 'park' });
  expect(park?.identifiers).toHaveLength(3);
  const handId = hand?.profile.id ?? ('' as ProfileId);
  const parkId = park?.profile.id ?? ('' as ProfileId);
  const throughOld = await people.find(WORKSPACE, { kind: 'profileId', value: handId });
  expect(throughOld?.profile.id).toBe(parkId);
  const [merge, ...others] = await merges.list(WORKSPACE, handId);
  expect(others).toEqual([]);
  expect(merge).toMatchObject({ survivorId: parkId, absorbedId: handId, undoneAt: null });

  const undo = (workspaceId: WorkspaceId) =>
    unmerge(
      {
        store: merges,
        history: {
          eventsSince: async (_workspace, ids) =>
            server.records
              .flatMap(({ events }) => events)
              .filter(({ profileId }) => ids.includes(profileId)),
        },
        plans: { get: () => aPlan() },
        now: () => T0 + 5,
      },
      workspaceId,
      merge?.mergeId ?? '',
    );
  await expect(undo(OTHER)).resolves.toBeUndefined();
  await expect(undo(WORKSPACE)).resolves.toEqual({ survivorId: parkId, restoredId: handId });
  await expect(undo(WORKSPACE)).rejects.toMatchObject({ code: 'merge-undone-already' });

  await send({ anonymousId: 'hand', userId: 'park' });
  await send({ anonymousId: 'hand' });
  const restored = await people.find(WORKSPACE, { kind: 'anonymousId', value: 'hand' });
  expect(restored?.profile).toMatchObject({ id: handId });
  expect(restored?.profile.devices[0]?.session.pages).toBe(3);
  expect(restored?.identifiers).toHaveLength(1);
  await expect(merges.list(WORKSPACE, handId)).resolves.toHaveLength(1);
  const bodies = await database.connection.read<{ body: Uint8Array }>(
    'select body from outbox order by id',
    [],
  );
  const links = bodies
    .flatMap(({ body }) => JSON.parse(new TextDecoder().decode(body)))
    .flatMap(({ personLinks }) => personLinks);
  expect(links).toEqual([
    { profileId: handId, personId: parkId, version: 2 },
    { profileId: handId, personId: handId, version: 3 },
  ]);
});
