import { aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aServer, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { Sweeper } from '../../sweep/sweeper.ts';
import { createCommitStore } from './commit-store.ts';
import { createDueStore } from './due-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.remove());

const plan = aPlan({
  segments: [
    {
      id: 'here',
      name: { en: 'Here' },
      condition: {
        kind: 'event_count',
        event: { type: 'track', name: 'Seen' },
        window: { kind: 'last_minutes', minutes: 5 },
        test: { op: 'gte', value: 1 },
      },
    },
  ],
});
const DUE_AT = T0 + 6 * MINUTE_MS;

async function dueAtOf(profileId: ProfileId) {
  const [row] = await database.connection.read<{ readonly due_at: number | null }>(
    'select due_at from profiles where workspace_id = $1 and profile_id = $2',
    [WORKSPACE, profileId],
  );
  return row?.due_at;
}

test('who is due stands in the store, and no longer once they were swept', async () => {
  const due = createDueStore(database.connection);
  const { pipeline, records } = aServer(createCommitStore(database.connection), plan);
  const people = Array.from({ length: 30 }, (_, index) => `p${index}`);
  await pipeline.process(
    WORKSPACE,
    people.map((anonymousId) => aTrack('Seen', {}, { anonymousId, at: T0 })),
    false,
    T0,
  );
  expect(await due.nextDueAt()).toBe(DUE_AT);
  expect(await due.take(DUE_AT - 1, 10, DUE_AT)).toEqual([]);
  const taken = await due.take(DUE_AT, 10, DUE_AT + MINUTE_MS);
  expect(taken).toHaveLength(10);
  await due.postpone(taken, DUE_AT + MINUTE_MS);
  expect(await due.take(DUE_AT, 100, DUE_AT + MINUTE_MS)).toHaveLength(20);

  let now = DUE_AT;
  const sweepers = [0, 1].map(() => new Sweeper({ due, pipeline, now: () => now, batchPeople: 7 }));
  now += 2 * MINUTE_MS;
  await Promise.all(sweepers.map((sweeper) => sweeper.sweepDue()));
  const exits = records
    .flatMap(({ events }) => events)
    .filter(({ event }) => event.name === 'Segment Exited');
  expect(exits).toHaveLength(30);
  expect(new Set(exits.map(({ profileId }) => profileId)).size).toBe(30);
  expect(await due.nextDueAt()).toBeUndefined();
});

test('a commit without anything to log writes the profile alone', async () => {
  const due = createDueStore(database.connection);
  const { pipeline, records } = aServer(createCommitStore(database.connection), plan);
  const event = aTrack('Seen', {}, { anonymousId: 'quiet', at: T0 });
  await pipeline.process(WORKSPACE, [event], false, T0);
  const id = records[0]?.events[0]?.profileId;
  if (id === undefined) {
    throw new Error('nothing was logged');
  }
  const before = await database.connection.read<{ n: number }>(
    'select count(*) as n from outbox',
    [],
  );
  expect(await pipeline.sweep(WORKSPACE, id, T0 + MINUTE_MS)).toEqual([]);
  expect(await dueAtOf(id)).toBe(DUE_AT);
  expect(
    await database.connection.read<{ n: number }>('select count(*) as n from outbox', []),
  ).toEqual(before);
  expect(await pipeline.sweep(WORKSPACE, id, DUE_AT)).toEqual([
    { segmentId: 'here', kind: 'exited', cause: 'time', dueAt: DUE_AT },
  ]);
  expect(await dueAtOf(id)).toBeNull();
  expect(await due.nextDueAt()).toBeUndefined();
});
