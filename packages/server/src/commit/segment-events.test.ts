import { aCampaign, anEvent, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { createPipeline } from './pipeline.ts';
import { createMemoryStore } from './testing/memory-store.ts';
import { aServer, encodePlainly, type TestServer, WORKSPACE } from './testing/two-servers.ts';

const viewed = { type: 'track', name: 'Product Viewed' } as const;
const keen = {
  id: 'keen',
  name: { en: 'Keen', ko: '관심' },
  condition: {
    kind: 'event_count',
    event: viewed,
    window: { kind: 'last_minutes', minutes: 30 },
    test: { op: 'gte', value: 2 },
  },
} as const;
/** Somebody who came into the other segment at least once: changed by a segment's event. */
const everKeen = {
  id: 'ever-keen',
  name: { en: 'Ever keen' },
  condition: {
    kind: 'event_count',
    event: {
      type: 'track',
      name: 'Segment Entered',
      where: [{ path: 'properties.segment_id', test: { op: 'is', value: 'keen' } }],
    },
    window: { kind: 'ever' },
    test: { op: 'gte', value: 1 },
  },
} as const;
const settings = { name: 'Shop', locale: 'en' } as const;

function view(index: number, given: Partial<SiteEvent> = {}): SiteEvent {
  return aTrack('Product Viewed', {}, { at: T0 + index * 1_000, ...given });
}

function told({ records }: TestServer): readonly string[] {
  return records
    .flatMap(({ events }) => events)
    .filter(({ event }) => event.name.startsWith('Segment '))
    .map(
      ({ event: { name, properties } }) => `${name} ${properties.segment_id} ${properties.cause}`,
    );
}

test('coming into a segment is told of once, whatever is sent again', async () => {
  const store = createMemoryStore();
  const plan = aPlan({ settings, segments: [keen] });
  const servers = [aServer(store, plan), aServer(store, plan)];
  const second = view(1);
  await servers[0]?.pipeline.process(WORKSPACE, [view(0)], false, T0);
  await Promise.all(
    [0, 1, 0, 1].map((index) =>
      servers[index]?.pipeline.process(WORKSPACE, [second], false, T0 + MINUTE_MS),
    ),
  );
  await servers[1]?.pipeline.process(WORKSPACE, [view(2)], false, T0 + MINUTE_MS);
  expect(servers.flatMap(told)).toEqual(['Segment Entered keen event']);
  const [logged] = servers
    .flatMap(({ records }) => records)
    .flatMap(({ events }) => events)
    .filter(({ event }) => event.name === 'Segment Entered');
  expect(logged?.event).toMatchObject({
    type: 'track',
    anonymousId: 'device-1',
    properties: { segment_id: 'keen', segment_name: 'Keen', cause: 'event' },
    payload: { context: { library: { name: 'tenth' } } },
  });
  expect(logged?.run).toMatchObject({ planVersion: 1, isFirst: false });
});

test('it goes on with no visit and is no page', async () => {
  const store = createMemoryStore();
  const server = aServer(store, aPlan({ settings, segments: [keen] }));
  const page = anEvent({ at: T0 });
  await server.pipeline.process(WORKSPACE, [page, view(0), view(1)], true, T0 + 20_000);
  expect(told(server)).toHaveLength(1);
  const profile = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'device-1' });
  expect(profile.lastSeenAt).toBe(T0 + 1_000);
  expect(profile.devices).toHaveLength(1);
  expect(profile.devices[0]).toMatchObject({
    sessions: 1,
    session: { pages: 1, lastAt: T0 + 1_000 },
  });
});

test('a campaign can answer it, in the reply to the event that brought it about', async () => {
  const store = createMemoryStore();
  const server = aServer(
    store,
    aPlan({
      settings,
      segments: [keen],
      campaigns: [
        aCampaign({
          id: 'welcome',
          trigger: {
            kind: 'event',
            event: {
              type: 'track',
              name: 'Segment Entered',
              where: [{ path: 'properties.segment_id', test: { op: 'is', value: 'keen' } }],
            },
          },
        }),
      ],
    }),
  );
  const first = await server.pipeline.process(WORKSPACE, [view(0)], true, T0);
  const second = await server.pipeline.process(WORKSPACE, [view(1)], true, T0 + 1_000);
  const third = await server.pipeline.process(WORKSPACE, [view(2)], true, T0 + 2_000);
  expect(first.decisions).toEqual([]);
  expect(second.decisions).toMatchObject([{ action: 'show', campaignId: 'welcome' }]);
  expect(third.decisions).toEqual([]);
});

test('one change may bring about the next, up to a bound', async () => {
  const store = createMemoryStore();
  const chain = (of: string, id: string) => ({
    ...everKeen,
    id,
    condition: {
      ...everKeen.condition,
      event: {
        ...everKeen.condition.event,
        where: [{ path: 'properties.segment_id', test: { op: 'is' as const, value: of } }],
      },
    },
  });
  const segments = [
    keen,
    everKeen,
    chain('ever-keen', 'third'),
    chain('third', 'fourth'),
    chain('fourth', 'fifth'),
  ];
  const server = aServer(store, aPlan({ settings, segments }));
  await server.pipeline.process(WORKSPACE, [view(0), view(1)], false, T0);
  expect(told(server)).toEqual([
    'Segment Entered keen event',
    'Segment Entered ever-keen event',
    'Segment Entered third event',
  ]);
  const profile = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'device-1' });
  expect(profile.segments.map(({ segmentId }) => segmentId)).toEqual([
    'ever-keen',
    'fourth',
    'keen',
    'third',
  ]);
});

test('what a merge changes is told of as the merge’s', async () => {
  const store = createMemoryStore();
  const server = aServer(store, aPlan({ settings, segments: [keen] }));
  const member = { anonymousId: 'phone', userId: 'u1' };
  await server.pipeline.process(WORKSPACE, [view(0), view(1, member)], false, T0);
  expect(told(server)).toEqual([]);
  const signIn = anEvent({ type: 'identify', userId: 'u1', at: T0 + 2_000 });
  await server.pipeline.process(WORKSPACE, [signIn], false, T0);
  expect(told(server)).toEqual(['Segment Entered keen merge']);
});

test('what a new plan changes is told of as its doing, even where an event finds it', async () => {
  const store = createMemoryStore();
  const before = aServer(store, aPlan({ settings, segments: [keen] }));
  await before.pipeline.process(WORKSPACE, [view(0), view(1)], false, T0);
  const known = {
    ...keen,
    id: 'known',
    condition: { kind: 'sessions' as const, test: { op: 'gte' as const, value: 1 } },
  };
  const after = aServer(store, aPlan({ settings, version: 2, segments: [known] }));
  await after.pipeline.process(WORKSPACE, [view(2)], false, T0);
  expect([...told(after)].sort()).toEqual([
    'Segment Entered known publish',
    'Segment Exited keen publish',
  ]);
});

test('the message id is the same whoever works it out', async () => {
  const ids = await Promise.all(
    [0, 1].map(async () => {
      const server = aServer(createMemoryStore(), aPlan({ settings, segments: [keen] }));
      const events = [0, 1].map((index) => view(index, { messageId: `m-${index}` as MessageId }));
      await server.pipeline.process(WORKSPACE, events, false, T0);
      return server.records.flatMap(({ events: all }) => all.map(({ event }) => event.messageId));
    }),
  );
  expect(ids[0]).toEqual(ids[1]);
  expect(ids[0]).toHaveLength(3);
});

test('a server that has not heard of the new plan yet takes it over before it runs anybody by it', async () => {
  const store = createMemoryStore();
  const old = aPlan({ settings, segments: [] });
  const latest = aPlan({ settings, version: 2, segments: [keen] });
  await aServer(store, latest).pipeline.process(WORKSPACE, [view(0)], false, T0);
  let plan = old;
  let refreshed = 0;
  const pipeline = createPipeline({
    store,
    plans: {
      get: () => plan,
      refresh: async () => {
        refreshed += 1;
        plan = latest;
      },
    },
    toOutboxBody: encodePlainly,
    now: () => T0,
  });
  await Promise.all(
    [1, 2, 3].map((index) => pipeline.process(WORKSPACE, [view(index)], false, T0)),
  );
  expect(refreshed).toBe(1);
  const profile = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'device-1' });
  expect(profile.segments.map(({ segmentId }) => segmentId)).toEqual(['keen']);
  expect(pipeline.stats().waitingEvents).toBe(0);
});
