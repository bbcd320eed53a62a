import { anEvent, T0 } from '@tenth/engine/testing/builders.ts';
import type { ProfileId, WorkspaceId } from '@tenth/model/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aServer, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { profileIdOf } from '../../identify/profile-id.ts';
import { tracesOf } from '../../privacy/person-traces.ts';
import { createCommitStore } from './commit-store.ts';
import { createErasureStore } from './erasure-store.ts';
import { createPeopleStore } from './people-store.ts';
import { createShippingState } from './shipping-state.ts';
import { createSuppressionStore } from './suppression-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  for (const workspace of [WORKSPACE, 'other' as WorkspaceId]) {
    await createWorkspaceStore(database.connection).ensure(workspace, 0);
  }
});
afterAll(() => database.remove());

const profileOf = (userId: string): ProfileId =>
  profileIdOf(WORKSPACE, { kind: 'user_id', value: userId });

function open() {
  const { connection } = database;
  const erasures = createErasureStore(connection);
  const nodes = [0, 1].map(() => aServer(createCommitStore(connection)));
  const [one, two] = nodes;
  if (one === undefined || two === undefined) {
    throw new Error('two were opened');
  }
  return {
    erasures,
    people: createPeopleStore(connection),
    one: one.pipeline,
    two: two.pipeline,
    async erase(userId: string, erasureId: string) {
      await erasures.create({
        workspaceId: WORKSPACE,
        erasureId,
        requestedAt: T0,
        personIds: [profileOf(userId)],
        subjects: [`hash of ${userId}`],
      });
      const erasure = await erasures.find(WORKSPACE, erasureId);
      const person = await erasures.readPeople(WORKSPACE, [profileOf(userId)]);
      if (erasure === undefined || person === undefined) {
        throw new Error('both are there');
      }
      const found = { traces: tracesOf(WORKSPACE, person), subjects: erasure.subjects };
      return { person, isRemoved: () => erasures.removePeople(erasure, person, found) };
    },
  };
}

const event = (userId: string, name: string, more: object = {}) =>
  anEvent({ userId, anonymousId: undefined, name, at: T0, ...more });

test('a server that still has an erased person in memory begins them anew', async () => {
  const { one, two, people, erase } = open();
  const traits = { email: 'Kim@Shop.example' };
  const first = event('u1', 'identify', { type: 'identify', traits });
  await one.process(WORKSPACE, [first], false, T0);
  await two.process(WORKSPACE, [event('u1', 'Looked')], false, T0);
  const { person, isRemoved } = await erase('u1', 'e1');
  expect(tracesOf(WORKSPACE, person).emails).toEqual(['kim@shop.example']);
  expect(await isRemoved()).toBe(true);
  // Both have the version in memory that was stored last, or one before it.
  await two.process(WORKSPACE, [event('u1', 'Came Back')], false, T0);
  await one.process(WORKSPACE, [event('u1', 'Came Back')], false, T0);
  const found = await people.find(WORKSPACE, { kind: 'userId', value: 'u1' });
  expect(found?.profile.traits).toEqual({});
  const versions = await database.connection.read<{ readonly version: number }>(
    'select version from profiles where workspace_id = $1 and profile_id = $2',
    [WORKSPACE, profileOf('u1')],
  );
  expect(versions).toEqual([{ version: 2 }]);
});

test('nothing is removed where the person has changed since they were read', async () => {
  const { one, people, erasures, erase } = open();
  await one.process(WORKSPACE, [event('u2', 'Looked')], false, T0);
  const { isRemoved } = await erase('u2', 'e2');
  await one.process(WORKSPACE, [event('u2', 'Looked Again')], false, T0);
  expect(await isRemoved()).toBe(false);
  expect(await people.find(WORKSPACE, { kind: 'userId', value: 'u2' })).toBeDefined();
  expect(await erasures.find(WORKSPACE, 'e2')).toMatchObject({
    personIds: [profileOf('u2')],
    removal: undefined,
    tables: [],
  });
});

test('an erasure forgets who it was about, and is known to its own workspace alone', async () => {
  const { one, erasures, erase } = open();
  await one.process(WORKSPACE, [event('u3', 'Looked')], false, T0);
  const { isRemoved } = await erase('u3', 'e3');
  await isRemoved();
  expect((await erasures.listUnfinished()).map(({ erasureId }) => erasureId)).toContain('e3');
  const removed = await erasures.find(WORKSPACE, 'e3');
  expect(removed?.removal?.traces.userIds).toEqual(['u3']);
  const shipping = createShippingState(database.connection);
  expect(removed?.removal?.lastOutboxId).toBe(await shipping.lastOutboxId());
  expect(await shipping.countWaiting(removed?.removal?.lastOutboxId ?? 0n)).toBeGreaterThan(0);
  await erasures.finish(WORKSPACE, 'e3', { tables: [], planReferences: [], verifiedAt: T0 + 1 });
  expect(await erasures.find(WORKSPACE, 'e3')).toMatchObject({
    personIds: [],
    removal: undefined,
    verifiedAt: T0 + 1,
  });
  expect(await erasures.find('other' as WorkspaceId, 'e3')).toBeUndefined();
  const latest = await erasures.list(WORKSPACE, { limit: 1, before: undefined });
  expect(latest.map(({ erasureId }) => erasureId)).toEqual(['e3']);
  const before = await erasures.list(WORKSPACE, { limit: 1, before: 'e3' });
  expect(before.map(({ erasureId }) => erasureId)).toEqual(['e2']);
});

test('an erasure later on moves the suppression on, and never back', async () => {
  const { erasures } = open();
  const create = (erasureId: string, requestedAt: number) =>
    erasures.create({
      workspaceId: WORKSPACE,
      erasureId,
      requestedAt,
      personIds: [profileOf('u4')],
      subjects: ['hash of u4'],
    });
  await create('e4', T0 + 100);
  await create('e5', T0 + 50);
  const suppressions = await createSuppressionStore(database.connection).list(T0 + 100);
  expect(suppressions).toContainEqual({
    workspaceId: WORKSPACE,
    hash: 'hash of u4',
    erasedAt: T0 + 100,
  });
});
