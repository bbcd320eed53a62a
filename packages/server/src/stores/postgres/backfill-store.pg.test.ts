import { decodeProfile } from '@tenth/engine/profile.ts';
import { anEvent, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import { segmentId, workspaceId } from '@tenth/model/ids.ts';
import { segment } from '@tenth/model/segment.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aServer, encodePlainly, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { unmerge } from '../../identify/unmerge.ts';
import { createBackfillStore } from './backfill-store.ts';
import { createCommitStore } from './commit-store.ts';
import { createMergeStore } from './merge-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await createWorkspaceStore(database.connection).ensure(WORKSPACE, T0);
}, 60_000);
afterAll(() => database.remove());

const keen = segment.parse({
  id: 'keen',
  name: { en: 'Keen' },
  condition: { kind: 'member', is: true },
});
const given = {
  workspaceId: WORKSPACE,
  segmentId: segmentId.parse('keen'),
  planVersion: 2,
  definition: keen,
  aggregates: ['abc-count-0'],
  isReviewed: false,
  state: 'counting',
  startedAt: T0,
} as const;

test('a back-fill is worked on by one at a time, and replaced by the next of its segment', async () => {
  const store = createBackfillStore(database.connection);
  await store.start(given);
  const claimed = await store.claim(T0, T0 + 1_000);
  expect(claimed).toMatchObject({ ...given, walkedTo: '', walked: 0, finishedAt: undefined });
  expect(await store.claim(T0 + 999, T0 + 2_000)).toBeUndefined();
  const id = claimed?.id ?? 0;
  await store.change(id, { walkedTo: 'x', walked: 5, people: 10, entering: 2 }, 0);
  expect(await store.claim(T0, T0 + 1_000)).toMatchObject({
    id,
    walked: 5,
    people: 10,
    entering: 2,
  });

  await store.start({ ...given, planVersion: 3, state: 'switching' });
  await store.change(id, { walked: 6 }, 0);
  expect(await store.unfinished(WORKSPACE)).toMatchObject([{ planVersion: 3, state: 'switching' }]);
  const latest = await store.find(WORKSPACE, given.segmentId);
  expect(latest).toMatchObject({ planVersion: 3 });
  await store.change(latest?.id ?? 0, { state: 'done', finishedAt: T0 + 5 }, 0);
  expect(await store.claim(T0 + 9_999, T0 + 10_000)).toBeUndefined();
  expect(await store.find(WORKSPACE, given.segmentId)).toMatchObject({
    state: 'done',
    finishedAt: T0 + 5,
  });
});

test('one that waits to be approved is worked on by nobody', async () => {
  const store = createBackfillStore(database.connection);
  await store.start({ ...given, isReviewed: true });
  const claimed = await store.claim(T0, T0 + 1_000);
  expect(claimed).toMatchObject({ isReviewed: true });
  const id = claimed?.id ?? 0;
  await store.change(id, { state: 'ready' }, 0);
  expect(await store.claim(T0, T0 + 1_000)).toBeUndefined();
  await store.change(id, { state: 'counting', isReviewed: false }, 0);
  expect(await store.claim(T0, T0 + 1_000)).toMatchObject({ id, isReviewed: false });
  await store.change(id, { state: 'done', finishedAt: T0 }, 0);
});

test('people are listed with the profiles merged into them; merges and their undoing ask for a recount', async () => {
  const store = createBackfillStore(database.connection);
  const plan = aPlan();
  const { pipeline, records } = aServer(createCommitStore(database.connection), plan);
  const send = (...events: Parameters<typeof anEvent>[0][]) =>
    pipeline.process(WORKSPACE, events.map(anEvent), false, T0);
  await send({ anonymousId: 'a', userId: 'u' }, { anonymousId: 'b' }, { anonymousId: 'c' });
  expect(await store.countPeople(WORKSPACE)).toBe(3);
  await send({ type: 'identify', anonymousId: 'c', userId: 'u' });
  expect(await store.listRecounts(10)).toEqual([]);

  await store.start({ ...given, startedAt: T0 + 10 });
  await send({ type: 'identify', anonymousId: 'b', userId: 'u' });
  const [survivor, ...others] = await store.listPeople(WORKSPACE, '', 10, 'everybody');
  expect(others).toEqual([]);
  if (survivor === undefined) {
    throw new Error('nobody is left');
  }
  expect(survivor.absorbed).toHaveLength(2);
  expect(await store.listPeople(WORKSPACE, survivor.profileId, 10, 'everybody')).toEqual([]);
  const waiting = await store.listRecounts(10);
  expect(waiting).toMatchObject([{ workspaceId: WORKSPACE, profileId: survivor.profileId }]);
  await store.removeRecounts(waiting.map(({ id }) => id));
  expect(await store.countRecounts(WORKSPACE)).toBe(0);

  const merges = createMergeStore(database.connection, encodePlainly);
  const [last] = await merges.list(WORKSPACE, survivor.profileId);
  const history = {
    eventsSince: async () =>
      records
        .flatMap(({ events }) => events)
        .filter(({ profileId }) => profileId === survivor.profileId),
  };
  const deps = { store: merges, history, plans: { get: () => plan }, now: () => T0 };
  const parted = await unmerge(deps, WORKSPACE, last?.mergeId ?? '');
  expect((await store.listRecounts(10)).map(({ profileId }) => profileId).sort()).toEqual(
    [parted?.survivorId, parted?.restoredId].sort(),
  );
  expect(await store.listUndoneMerges(WORKSPACE, [survivor.profileId])).toMatchObject([
    { survivorId: survivor.profileId, moved: [{ kind: 'anonymous_id', value: 'b' }] },
  ]);
});

test('those are concerned who are in the segment, or of whom something is counted', async () => {
  const store = createBackfillStore(database.connection);
  const workspace = workspaceId.parse('concerned');
  await createWorkspaceStore(database.connection).ensure(workspace, T0);
  const counts = {
    kind: 'event_count',
    event: { type: 'track', name: 'Product Viewed' },
    window: { kind: 'ever' },
    test: { op: 'gte', value: 1 },
  } as const;
  const sessions = { kind: 'sessions', test: { op: 'gte', value: 1 } } as const;
  const plan = aPlan({
    segments: [
      { id: 'lookers', name: { en: 'Lookers' }, condition: counts },
      { id: 'members', name: { en: 'Members' }, condition: { kind: 'member', is: true } },
      { id: 'all', name: { en: 'All' }, condition: sessions },
    ],
  });
  const { pipeline } = aServer(createCommitStore(database.connection), plan);
  const who = { viewer: 'Product Viewed', user: 'Seen', other: 'Seen' };
  for (const [anonymousId, name] of Object.entries(who)) {
    const userId = anonymousId === 'user' ? 'u' : undefined;
    await pipeline.process(workspace, [aTrack(name, {}, { anonymousId, userId })], false, T0);
  }
  const people = await store.listPeople(workspace, '', 10, 'everybody');
  const ids = people.map(({ profileId }) => profileId);
  expect(people.map(({ version }) => version)).toEqual([1, 1, 1]);
  expect(people.every(({ isConcerned }) => isConcerned)).toBe(true);
  const states = new Map(
    (await store.findStates(workspace, ids)).map(({ profileId, state }) => [
      decodeProfile(state).devices[0]?.key,
      profileId,
    ]),
  );
  const aggregates = [...plan.aggregates.keys()];
  const find = async (after: string, segment: string, counted: readonly string[]) =>
    (
      await store.listPeople(workspace, after, 10, {
        segmentId: segmentId.parse(segment),
        aggregates: counted,
      })
    )
      .filter(({ isConcerned }) => isConcerned)
      .map(({ profileId }) => profileId);
  const [viewer, user] = [states.get('viewer'), states.get('user')];
  expect(await find('', 'members', aggregates)).toEqual([viewer, user].sort());
  expect(await find('', 'members', [])).toEqual([user]);
  expect(await find('', 'nobody', aggregates)).toEqual([viewer]);
  expect(await find('', 'all', [])).toEqual(ids);
  expect(await find(ids[0] ?? '', 'all', [])).toEqual(ids.slice(1));
});
