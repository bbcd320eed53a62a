import { Replay } from '@tenth/engine/replay/replay.ts';
import { aCampaign, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import { segmentId } from '@tenth/model/ids.ts';
import { type EpochMs, MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createMemoryStore, type MemoryStore } from '../commit/testing/memory-store.ts';
import { aServer, type TestServer, WORKSPACE } from '../commit/testing/two-servers.ts';
import { Lags } from './lags.ts';
import { Sweeper } from './sweeper.ts';

const WINDOW_MINUTES = 10;
const plan = aPlan({
  settings: { name: 'Shop', locale: 'en' },
  segments: [
    {
      id: 'keen',
      name: { en: 'Keen' },
      condition: {
        kind: 'event_count',
        event: { type: 'track', name: 'Product Viewed' },
        window: { kind: 'last_minutes', minutes: WINDOW_MINUTES },
        test: { op: 'gte', value: 2 },
      },
    },
  ],
  campaigns: [
    aCampaign({
      id: 'miss-you',
      trigger: { kind: 'event', event: { type: 'track', name: 'Segment Exited' } },
    }),
  ],
});

/** The moment at which views of the minute of `at` leave the window. */
function leaving(at: EpochMs): EpochMs {
  return (Math.floor(at / MINUTE_MS) + WINDOW_MINUTES + 1) * MINUTE_MS;
}

function view(person: string, at: EpochMs): SiteEvent {
  return aTrack('Product Viewed', {}, { anonymousId: person, at });
}

function aSweeper(store: MemoryStore, server: TestServer, now: () => EpochMs, lags = new Lags()) {
  return new Sweeper({
    due: store,
    pipeline: server.pipeline,
    now,
    batchPeople: 3,
    onSwept: (...swept) => lags.add(...swept),
  });
}

function told(...servers: readonly TestServer[]) {
  return servers
    .flatMap(({ records }) => records)
    .flatMap(({ events }) => events)
    .filter(({ event }) => event.name.startsWith('Segment '));
}

test('who leaves a segment by time alone is told of then, without any event of theirs', async () => {
  const store = createMemoryStore();
  const server = aServer(store, plan);
  let now = T0;
  const lags = new Lags();
  const sweeper = aSweeper(store, server, () => now, lags);
  await server.pipeline.process(WORKSPACE, [view('a', T0), view('a', T0 + 5)], false, T0);
  const seenAt = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'a' }).lastSeenAt;
  now = leaving(T0) - 1;
  await sweeper.sweepDue();
  expect(told(server).map(({ event }) => event.name)).toEqual(['Segment Entered']);

  now = leaving(T0) + 40;
  await sweeper.sweepDue();
  await sweeper.sweepDue();
  expect(told(server).map(({ event }) => event.name)).toEqual([
    'Segment Entered',
    'Segment Exited',
  ]);
  const [, exit] = told(server);
  expect(exit).toMatchObject({
    session: { id: '' },
    trace: undefined,
    event: { at: now, properties: { segment_id: 'keen', segment_name: 'Keen', cause: 'time' } },
  });
  const profile = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'a' });
  expect(profile).toMatchObject({ segments: [], lastSeenAt: seenAt });
  expect(await store.nextDueAt()).toBeUndefined();
  expect(lags.of(WORKSPACE, segmentId.parse('keen'))).toEqual({ lastMs: 40, p99Ms: 40 });
});

test('somebody whom no server has in memory is swept as well, and not kept there', async () => {
  const store = createMemoryStore();
  await aServer(store, plan).pipeline.process(
    WORKSPACE,
    ['a', 'b', 'c', 'd', 'e'].flatMap((one) => [view(one, T0), view(one, T0 + 1)]),
    false,
    T0,
  );
  const started = aServer(store, plan);
  const swept = await aSweeper(store, started, () => leaving(T0)).sweepDue();
  expect(swept).toBe(5);
  expect(told(started)).toHaveLength(5);
  expect(started.pipeline.stats().people).toBe(0);
});

test('a person who cannot be looked at does not stand in the way of the others', async () => {
  const store = createMemoryStore();
  const server = aServer(store, plan);
  await server.pipeline.process(
    WORKSPACE,
    ['a', 'b', 'c', 'd'].flatMap((one) => [view(one, T0), view(one, T0 + 1)]),
    false,
    T0,
  );
  const bad = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'a' }).id;
  const failures: unknown[] = [];
  const sweeper = new Sweeper({
    due: store,
    pipeline: {
      sweep: (id, profileId, now) =>
        profileId === bad
          ? Promise.reject(new Error('no'))
          : server.pipeline.sweep(id, profileId, now),
    },
    now: () => leaving(T0),
    batchPeople: 2,
    onFailed: (error) => failures.push(error),
  });
  await sweeper.sweepDue();
  expect(failures).toHaveLength(1);
  expect(told(server).filter(({ event }) => event.name === 'Segment Exited')).toHaveLength(3);
});

test('two servers that sweep while events come in tell of each change exactly once, in turn', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({
          person: fc.constantFrom('a', 'b', 'c'),
          afterMinutes: fc.integer({ min: 0, max: 6 }),
          server: fc.nat(1),
          sweeps: fc.constantFrom([], [0], [1], [0, 1]),
        }),
        { minLength: 1, maxLength: 40 },
      ),
      async (steps) => {
        const store = createMemoryStore();
        let now = T0;
        const servers = [aServer(store, plan), aServer(store, plan)];
        const sweepers = servers.map((server) => aSweeper(store, server, () => now));
        for (const { person, afterMinutes, server, sweeps } of steps) {
          now += afterMinutes * MINUTE_MS;
          await Promise.all([
            ...sweeps.map((at) => sweepers[at]?.sweepDue()),
            servers[server]?.pipeline.process(WORKSPACE, [view(person, now)], true, now),
          ]);
        }
        now += 60 * MINUTE_MS;
        await Promise.all(sweepers.map((sweeper) => sweeper.sweepDue()));
        const events = told(...servers).sort((left, right) => left.event.at - right.event.at);
        expect(new Set(events.map(({ event }) => event.messageId)).size).toBe(events.length);
        for (const person of ['a', 'b', 'c']) {
          const mine = events.filter(
            ({ profileId }) =>
              steps.some((step) => step.person === person) &&
              profileId === store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: person }).id,
          );
          // In and out by turns, and out at the end.
          expect(mine.filter(({ event }) => event.name === 'Segment Entered')).toHaveLength(
            mine.length / 2,
          );
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('a sweeper that is killed leaves what is due to the next', async () => {
  const store = createMemoryStore();
  const people = Array.from({ length: 20 }, (_, index) => `p${index}`);
  await aServer(store, plan).pipeline.process(
    WORKSPACE,
    people.flatMap((one) => [view(one, T0), view(one, T0 + 1)]),
    false,
    T0,
  );
  const first = aServer({ find: store.find, write: dyingAfter(5, store) }, plan);
  // Whatever was not written is lost with the process.
  void aSweeper(store, first, () => leaving(T0)).sweepDue();
  await new Promise((resolve) => setTimeout(resolve, 50));
  const second = aServer(store, plan);
  await aSweeper(store, second, () => leaving(T0) + 1).sweepDue();
  const exits = told(first, second).filter(({ event }) => event.name === 'Segment Exited');
  expect(exits).toHaveLength(people.length);
  expect(new Set(exits.map(({ profileId }) => profileId)).size).toBe(people.length);
});

/** Writes so many commits, and then hangs for ever. */
function dyingAfter(commits: number, store: MemoryStore): MemoryStore['write'] {
  let written = 0;
  return (commit) => {
    written += 1;
    return written <= commits ? store.write(commit) : new Promise(() => {});
  };
}

test('it sleeps until somebody is due', async () => {
  const store = createMemoryStore();
  const server = aServer(store, plan);
  await server.pipeline.process(WORKSPACE, [view('a', T0), view('a', T0 + 5)], false, T0);
  const startedAt = Date.now();
  // The person is due in 100 ms.
  const now = () => leaving(T0) - 100 + (Date.now() - startedAt);
  const sweeper = aSweeper(store, server, now);
  sweeper.start();
  await expect.poll(() => told(server).length, { interval: 10, timeout: 5_000 }).toBe(2);
  await sweeper.stop();
  expect(store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'a' }).segments).toEqual([]);
});

test('the log alone gives the same segments again: events, and what time did in between', async () => {
  const store = createMemoryStore();
  const server = aServer(store, plan);
  let now = T0;
  const sweeper = aSweeper(store, server, () => now);
  for (const minutes of [0, 1, 15, 1, 30, 2, 3, 40]) {
    now += minutes * MINUTE_MS;
    await sweeper.sweepDue();
    await server.pipeline.process(WORKSPACE, [view('a', now)], true, now);
  }
  const stored = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'a' });
  const replay = new Replay(() => plan);
  const logged = server.records.flatMap(({ events }) => events);
  for (const { event, profileId, run } of logged) {
    replay.take({
      seq: '0',
      profileId,
      event,
      userId: event.userId,
      decideAt: run?.decideAt,
      planVersion: run?.planVersion ?? 0,
      isFirst: run?.isFirst ?? false,
      absorbed: run?.absorbed,
    });
  }
  expect(told(server).length).toBeGreaterThan(4);
  const replayed = replay.profileOf(stored.id);
  expect(replayed).toMatchObject({ segments: stored.segments, aggregates: stored.aggregates });
  expect(replayed?.ledger).toEqual(stored.ledger);
});
