import { aCampaign, anEvent, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import type { Profile } from '@tenth/model/profile.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unmerge } from '../identify/unmerge.ts';
import { createMemoryStore, type MemoryStore } from './testing/memory-store.ts';
import { aServer, type TestServer, WORKSPACE } from './testing/two-servers.ts';

const plan = aPlan({
  campaigns: [
    aCampaign({ id: 'third-page', trigger: { kind: 'page_count', pages: 3 }, caps: { ever: 2 } }),
  ],
});

interface Said {
  readonly device: number | undefined;
  readonly user: number | undefined;
  readonly what: 'page' | 'view' | 'order' | 'identify' | 'alias';
  readonly server: number;
}

const said = fc.record<Said>({
  device: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 6 }),
  user: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 1 }),
  what: fc.constantFrom('page', 'page', 'view', 'order', 'identify', 'alias'),
  server: fc.integer({ min: 0, max: 1 }),
});

function eventOf({ device, user, what }: Said, index: number): SiteEvent {
  const given = {
    messageId: `m-${index}` as MessageId,
    anonymousId: device === undefined && user !== undefined ? undefined : `a${device ?? 0}`,
    userId: user === undefined ? undefined : `u${user}`,
    at: T0 + index * MINUTE_MS,
  };
  switch (what) {
    case 'page':
      return anEvent(given);
    case 'view':
      return aTrack('Product Viewed', { product_id: `p${index % 5}`, category: 'shirts' }, given);
    case 'order':
      return aTrack(
        'Order Completed',
        { order_id: `o${index}`, total: 100, currency: 'KRW' },
        given,
      );
    case 'identify':
      return anEvent({
        ...given,
        type: 'identify',
        page: undefined,
        traits: { name: `n${index}` },
      });
    case 'alias':
      return anEvent({ ...given, type: 'alias', page: undefined, previousId: `a${index % 4}` });
  }
}

async function run(
  history: readonly Said[],
  servers: readonly TestServer[],
  isTogether: boolean,
): Promise<readonly SiteEvent[]> {
  const events = history.map(eventOf);
  const sent: Promise<unknown>[] = [];
  for (const [index, event] of events.entries()) {
    const server = servers[(history[index]?.server ?? 0) % servers.length];
    sent.push(server?.pipeline.process(WORKSPACE, [event], true, event.at) ?? Promise.reject());
    if (!isTogether) {
      await sent.at(-1);
    }
  }
  await Promise.all(sent);
  return events;
}

const logOf = (servers: readonly TestServer[]) =>
  servers.flatMap(({ records }) => records.flatMap(({ events }) => events));

describe('whatever is said, in whatever order, on two servers', () => {
  test('each event counts once; two known people never merge; links never chain', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(said, { maxLength: 40 }),
        fc.boolean(),
        async (history, together) => {
          const store = createMemoryStore();
          const servers = [0, 1].map(() => aServer(store, plan));
          const events = await run(history, servers, together);
          const logged = logOf(servers).map(({ event }) => event.messageId);
          expect([...logged].sort()).toEqual(events.map(({ messageId }) => messageId).sort());
          for (const merge of store.merges) {
            expect(merge.absorbedBefore.userId).toBeUndefined();
            expect(merge.survivorBefore.userId).toBeDefined();
            expect(store.merges.map(({ absorbedId }) => absorbedId)).not.toContain(
              merge.survivorId,
            );
          }
          for (const { userId } of events) {
            if (userId !== undefined) {
              const { userId: of } = store.profileOf(WORKSPACE, { kind: 'user_id', value: userId });
              expect(of).toBe(userId);
            }
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  test('the same stream gives the same profiles and decisions again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(said, { maxLength: 30 }), async (history) => {
        const logs = [];
        for (let times = 0; times < 2; times += 1) {
          const store = createMemoryStore();
          const servers = [aServer(store, plan)];
          await run(history, servers, false);
          logs.push(JSON.stringify(servers[0]?.records));
        }
        expect(logs[0]).toBe(logs[1]);
      }),
      { numRuns: 50 },
    );
  });
});

/** What has to be the same however the history came together. */
function essence(profile: Profile) {
  return {
    devices: profile.devices.map(({ key, sessions }) => `${key} ${sessions}`).sort(),
    aggregates: profile.aggregates,
    orders: profile.orders,
    traits: profile.traits,
    affinities: Object.fromEntries(
      Object.entries(profile.affinities).map(([name, { total }]) => [name, total.toPrecision(9)]),
    ),
    userId: profile.userId,
    firstSeenAt: profile.firstSeenAt,
    lastSeenAt: profile.lastSeenAt,
  };
}

const browsing = fc.array(fc.constantFrom<Said['what']>('page', 'view', 'order', 'identify'), {
  minLength: 1,
  maxLength: 12,
});

interface Visit {
  readonly device: 'phone' | 'laptop';
  readonly userId: string | undefined;
  readonly what: Said['what'];
}

function visitEvent({ device, userId, what }: Visit, index: number): SiteEvent {
  return {
    ...eventOf({ device: 0, user: undefined, what, server: 0 }, index),
    anonymousId: device,
    userId,
  };
}

async function live(visits: readonly Visit[], store: MemoryStore): Promise<TestServer> {
  const server = aServer(store, plan);
  for (const [index, visit] of visits.entries()) {
    const event = visitEvent(visit, index);
    await server.pipeline.process(WORKSPACE, [event], true, event.at);
  }
  return server;
}

const onLaptop = (what: Said['what']): Visit => ({ device: 'laptop', userId: 'kim', what });
const onPhone = (what: Said['what']): Visit => ({ device: 'phone', userId: undefined, what });
const signIn: Visit = { device: 'phone', userId: 'kim', what: 'page' };

test('signing in gives the person that would have been, had both histories been one', async () => {
  await fc.assert(
    fc.asyncProperty(browsing, browsing, async (laptop, phone) => {
      const visits = [...laptop.map(onLaptop), ...phone.map(onPhone), signIn];
      const merged = createMemoryStore();
      await live(visits, merged);
      const single = createMemoryStore();
      await live(
        visits.map((visit) => ({ ...visit, userId: 'kim' })),
        single,
      );
      const kim = { kind: 'user_id', value: 'kim' } as const;
      expect(essence(merged.profileOf(WORKSPACE, kim))).toEqual(
        essence(single.profileOf(WORKSPACE, kim)),
      );
    }),
    { numRuns: 60 },
  );
});

async function undoFirst(store: MemoryStore, server: TestServer): Promise<void> {
  const [merge] = store.merges;
  const undone = await unmerge(
    {
      store,
      history: {
        eventsSince: async (_workspace, ids, since) =>
          logOf([server]).filter(
            ({ event, profileId }) => ids.includes(profileId) && event.receivedAt >= since,
          ),
      },
      plans: { get: () => plan },
      now: () => T0,
    },
    WORKSPACE,
    merge?.mergeId ?? '',
  );
  expect(undone).toBeDefined();
}

describe('undoing a merge', () => {
  const kim = { kind: 'user_id', value: 'kim' } as const;
  const phone = { kind: 'anonymous_id', value: 'phone' } as const;

  test('gives both people back, with what each did since', async () => {
    await fc.assert(
      fc.asyncProperty(
        browsing,
        browsing,
        browsing,
        browsing,
        async (laptop, before, later, after) => {
          const visits = [
            ...laptop.map(onLaptop),
            ...before.map(onPhone),
            signIn,
            ...later.map(onLaptop),
            ...after.map(onPhone),
          ];
          const store = createMemoryStore();
          await undoFirst(store, await live(visits, store));

          // As it would have been, had the device never been taken for Kim's.
          const restored = createMemoryStore();
          const anonymous = visits.map((visit, index) => ({ visit, index }));
          const server = aServer(restored, plan);
          for (const { visit, index } of anonymous) {
            const event = visitEvent(visit, index);
            const named =
              visit.userId === undefined ? event : { ...event, anonymousId: visit.device };
            // The sign-in itself named Kim, on Kim's own account.
            const filed = visit === signIn ? { ...named, anonymousId: undefined } : named;
            await server.pipeline.process(WORKSPACE, [filed], true, event.at);
          }
          const withoutDevices = ({
            devices: _,
            traits: __,
            ...rest
          }: ReturnType<typeof essence>) => rest;
          expect(essence(store.profileOf(WORKSPACE, phone))).toEqual(
            essence(restored.profileOf(WORKSPACE, phone)),
          );
          expect(withoutDevices(essence(store.profileOf(WORKSPACE, kim)))).toEqual(
            withoutDevices(essence(restored.profileOf(WORKSPACE, kim))),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('keeps the two apart from then on, on every server', async () => {
    const store = createMemoryStore();
    const server = await live([onLaptop('page'), onPhone('page'), signIn], store);
    await undoFirst(store, server);
    for (const { pipeline } of [server, aServer(store, plan)]) {
      await pipeline.process(
        WORKSPACE,
        [anEvent({ anonymousId: 'phone', userId: 'kim' })],
        true,
        T0,
      );
      await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'phone' })], true, T0);
    }
    expect(store.merges).toHaveLength(1);
    expect(store.profileOf(WORKSPACE, phone).id).not.toBe(store.profileOf(WORKSPACE, kim).id);
    expect(store.profileOf(WORKSPACE, phone).userId).toBeUndefined();
  });

  test('of the first of two merges leaves the second standing and undoable', async () => {
    const store = createMemoryStore();
    const tablet = (userId?: string): SiteEvent =>
      aTrack(
        'Order Completed',
        { order_id: `t-${userId ?? ''}`, total: 5, currency: 'KRW' },
        {
          anonymousId: 'tablet',
          userId,
          at: T0 + 60 * MINUTE_MS,
        },
      );
    const server = await live(
      [onLaptop('page'), onPhone('order'), signIn, onLaptop('order')],
      store,
    );
    await server.pipeline.process(WORKSPACE, [tablet()], true, T0);
    await server.pipeline.process(WORKSPACE, [tablet('kim')], true, T0);
    expect(store.merges).toHaveLength(2);
    await undoFirst(store, server);
    expect(Object.keys(store.profileOf(WORKSPACE, kim).orders.recent).sort()).toEqual([
      'o3',
      't-',
      't-kim',
    ]);
    expect(Object.keys(store.profileOf(WORKSPACE, phone).orders.recent)).toEqual(['o1']);
    expect(Object.keys(store.merges[1]?.survivorBefore.orders.recent ?? {})).toEqual(['o3']);
  });

  test('twice is refused', async () => {
    const store = createMemoryStore();
    const server = await live([onLaptop('page'), onPhone('page'), signIn], store);
    await undoFirst(store, server);
    await expect(undoFirst(store, server)).rejects.toMatchObject({ code: 'merge-undone-already' });
  });
});

test('a device that was reset at logout is a new person', async () => {
  const store = createMemoryStore();
  const { pipeline } = aServer(store, plan);
  await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'old', userId: 'kim' })], true, T0);
  await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'new' })], true, T0);
  const after = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'new' });
  expect(after.userId).toBeUndefined();
});

test('on a shared browser both people keep their own history', async () => {
  const store = createMemoryStore();
  const { pipeline } = aServer(store, plan);
  for (const userId of ['kim', undefined, 'lee', 'lee', 'kim']) {
    await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'shared', userId })], true, T0);
  }
  const pages = (userId: string) =>
    store
      .profileOf(WORKSPACE, { kind: 'user_id', value: userId })
      .devices.map(({ session }) => session.pages);
  expect(pages('kim')).toEqual([3]);
  expect(pages('lee')).toEqual([2]);
  expect(store.merges).toEqual([]);
});
