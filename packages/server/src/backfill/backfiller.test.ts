import { sweepProfile } from '@tenth/engine/evaluate/evaluate.ts';
import { compilePlan } from '@tenth/engine/plan/plan.ts';
import { decodeProfile } from '@tenth/engine/profile.ts';
import { aCampaign, anEvent, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import { arbitraryCondition } from '@tenth/engine/testing/condition-arbitrary.ts';
import { aDefinition, referable } from '@tenth/engine/testing/definitions.ts';
import { arbitraryHistory } from '@tenth/engine/testing/history-arbitrary.ts';
import type { Condition } from '@tenth/model/condition.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import { segmentId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { Segment } from '@tenth/model/segment.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createMemoryStore } from '../commit/testing/memory-store.ts';
import { aServer, WORKSPACE } from '../commit/testing/two-servers.ts';
import type { ConcernedStates } from './ports.ts';
import { aShop, turns } from './testing/a-shop.ts';

function aSegment(id: string, condition: Condition): Segment {
  return { id: segmentId.parse(id), name: { en: id }, condition };
}

function viewsAtLeast(value: number): Condition {
  return {
    kind: 'event_count',
    event: { type: 'track', name: 'Product Viewed' },
    window: { kind: 'ever' },
    test: { op: 'gte', value },
  };
}

const empty = planDefinition.parse({
  version: 1,
  settings: { name: 'Shop', locale: 'en' },
  segments: [],
  campaigns: [],
});

function views(person: string, count: number): readonly SiteEvent[] {
  return Array.from({ length: count }, (_, index) =>
    aTrack('Product Viewed', {}, { anonymousId: person, at: T0 - 60_000 + index }),
  );
}

function told(records: readonly LogRecord[]): readonly string[] {
  return records
    .flatMap(({ events }) => events)
    .filter(({ event }) => event.name.startsWith('Segment '))
    .map(
      ({ event: { name, properties } }) => `${name} ${properties.segment_id} ${properties.cause}`,
    );
}

test('a new segment is counted from the log first, and then everybody comes in at once', async () => {
  const shop = await aShop(empty);
  await shop.send(...views('a', 3), ...views('b', 1), ...views('c', 2), ...views('d', 5));
  const keen = aSegment('keen', viewsAtLeast(2));
  await shop.segments.publish(WORKSPACE, keen);
  const backfiller = shop.aBackfiller();
  expect(await shop.segments.find(WORKSPACE, keen.id)).toMatchObject({ state: 'counting' });

  // Nobody is judged by half a count, whoever comes by meanwhile.
  await backfiller.step();
  await shop.send(...views('b', 1), ...views('e', 2));
  expect(told(shop.records)).toEqual([]);
  await backfiller.step();
  const before = await shop.segments.find(WORKSPACE, keen.id);
  expect(before).toMatchObject({ state: 'counting', people: 4 });
  if (before === undefined) {
    throw new Error('there is no back-fill');
  }
  expect(before.entering).toBeGreaterThanOrEqual(3);
  expect(before.sample.entering).toHaveLength(before.entering);
  expect(before.progress).toBe(0.5);
  expect(told(shop.records)).toEqual([]);

  await shop.finish(backfiller);
  expect(await shop.segments.find(WORKSPACE, keen.id)).toMatchObject({ state: 'done' });
  expect(told(shop.records)).toEqual(Array(5).fill('Segment Entered keen publish'));
});

test('people of whom nothing changes are not written, and what time changes of them later is still told as such', async () => {
  const shop = await aShop(empty);
  await shop.send(...views('a', 3), anEvent({ anonymousId: 'b', at: T0 }));
  const stored = (key: string) =>
    shop.store
      .people(WORKSPACE)
      .map(({ state, version }) => ({ version, profile: decodeProfile(state) }))
      .find(({ profile }) => profile.devices[0]?.key === key);
  const before = { a: stored('a'), b: stored('b') };
  const idle = aSegment('idle', {
    kind: 'recency',
    event: { type: 'track', name: 'Product Viewed' },
    test: { op: 'gt', value: 2 },
  });
  await shop.segments.publish(WORKSPACE, idle);
  await shop.finish();
  const a = stored('a');
  expect(stored('b')?.version).toBe(before.b?.version);
  expect(a?.version).toBeGreaterThan(before.a?.version ?? 0);
  expect(told(shop.records)).toEqual([]);
  if (a?.profile.dueAt === undefined) {
    throw new Error('nothing is due');
  }
  shop.advance(3 * DAY_MS);
  await shop.pipeline.sweep(WORKSPACE, a.profile.id, a.profile.dueAt);
  expect(told(shop.records)).toEqual(['Segment Entered idle time']);
});

test('the profiles of people of whom nothing is counted are not even read', async () => {
  const shop = await aShop(empty);
  await shop.send(...views('a', 3), anEvent({ anonymousId: 'b' }), anEvent({ anonymousId: 'c' }));
  const [a] = shop.store
    .people(WORKSPACE)
    .filter(({ state }) => decodeProfile(state).devices[0]?.key === 'a');
  const asked = vi.spyOn(shop.backfills, 'findStates');
  const listed = vi.spyOn(shop.backfills, 'listStates');
  const read = async () => {
    const pages = await Promise.all(listed.mock.results.map(({ value }) => value));
    const states = pages.flatMap((page: ConcernedStates) => page.states);
    return new Set([
      ...asked.mock.calls.flatMap(([, ids]) => ids),
      ...states.map(({ profileId }) => profileId),
    ]);
  };
  await shop.segments.publish(WORKSPACE, aSegment('keen', viewsAtLeast(2)));
  await shop.finish();
  expect(await read()).toEqual(new Set([a?.profileId]));
  expect(told(shop.records)).toEqual(['Segment Entered keen publish']);

  // Nobody can be told from here who is in by it.
  await shop.segments.publish(WORKSPACE, aSegment('keen', { kind: 'not', of: viewsAtLeast(2) }));
  await shop.finish();
  expect((await read()).size).toBe(3);
  expect(told(shop.records).slice(1).sort()).toEqual([
    'Segment Entered keen publish',
    'Segment Entered keen publish',
    'Segment Exited keen publish',
  ]);
});

test('what a campaign has counted since it was published is counted anew for a segment', async () => {
  const shop = await aShop(empty);
  await shop.send(...views('a', 2));
  const asking = aCampaign({ id: 'asking', audience: viewsAtLeast(9) });
  await shop.publisher.publish(WORKSPACE, {
    path: 'campaigns.asking',
    apply: (current) => ({ ...current, campaigns: [asking] }),
  });
  await shop.send(aTrack('Product Viewed', {}, { anonymousId: 'a', at: T0 }));
  await shop.segments.publish(WORKSPACE, aSegment('keen', viewsAtLeast(3)));
  expect(await shop.segments.find(WORKSPACE, segmentId.parse('keen'))).toMatchObject({
    state: 'counting',
  });
  await shop.finish();
  expect(told(shop.records)).toEqual(['Segment Entered keen publish']);
});

test('an edited segment stands as it was until the new one is counted; there is a way back', async () => {
  const shop = await aShop(empty);
  await shop.send(...views('a', 3), ...views('b', 1));
  const keen = aSegment('keen', viewsAtLeast(2));
  await shop.segments.publish(WORKSPACE, keen);
  await shop.finish();
  const paged = aSegment('keen', {
    kind: 'event_count',
    event: { type: 'page' },
    window: { kind: 'ever' },
    test: { op: 'lt', value: 1 },
  });
  await shop.segments.publish(WORKSPACE, paged);
  await shop.send(anEvent({ anonymousId: 'a' }));
  expect(shop.plans.get(WORKSPACE).definition.segments).toEqual([keen]);
  expect(told(shop.records)).toEqual(['Segment Entered keen publish']);
  await shop.finish();
  expect(shop.plans.get(WORKSPACE).definition).toMatchObject({ segments: [paged], preparing: [] });
  expect(told(shop.records).slice(1).sort()).toEqual([
    'Segment Entered keen publish',
    'Segment Exited keen publish',
  ]);
  const back = await shop.segments.revert(WORKSPACE, keen.id);
  expect(back.segment).toEqual(keen);
  await shop.finish();
  expect(told(shop.records).slice(3).sort()).toEqual([
    'Segment Entered keen publish',
    'Segment Exited keen publish',
  ]);
});

test('a definition under review waits, counted, until it is approved or dismissed', async () => {
  const shop = await aShop(empty);
  await shop.send(...views('a', 3), ...views('b', 1));
  const keen = aSegment('keen', viewsAtLeast(2));
  await shop.segments.publish(WORKSPACE, keen, { isReviewed: true });
  await expect(shop.segments.approve(WORKSPACE, keen.id)).rejects.toThrow('waits');
  await shop.finish();
  expect(await shop.segments.find(WORKSPACE, keen.id)).toMatchObject({
    state: 'ready',
    entering: 1,
    leaving: 0,
  });
  await shop.send(...views('b', 1), ...views('c', 1));
  expect(told(shop.records)).toEqual([]);
  await shop.segments.approve(WORKSPACE, keen.id);
  await shop.finish();
  expect(told(shop.records)).toEqual(Array(2).fill('Segment Entered keen publish'));

  // Where nothing has to be counted, it waits all the same.
  const choosy = aSegment('keen', viewsAtLeast(3));
  await shop.segments.publish(WORKSPACE, choosy, { isReviewed: true });
  await shop.finish();
  expect(await shop.segments.find(WORKSPACE, keen.id)).toMatchObject({
    state: 'ready',
    leaving: 1,
  });
  await shop.segments.dismiss(WORKSPACE, keen.id);
  await shop.finish();
  expect(await shop.segments.find(WORKSPACE, keen.id)).toMatchObject({ state: 'replaced' });
  expect(shop.plans.get(WORKSPACE).definition).toMatchObject({ segments: [keen], preparing: [] });
  expect(told(shop.records)).toHaveLength(2);
  await expect(shop.segments.dismiss(WORKSPACE, keen.id)).rejects.toThrow('on its way');

  // A new one that is dismissed was never there.
  const other = aSegment('other', viewsAtLeast(1));
  await shop.segments.publish(WORKSPACE, other, { isReviewed: true });
  await shop.segments.dismiss(WORKSPACE, other.id);
  expect(shop.plans.get(WORKSPACE).definition).toMatchObject({ segments: [keen], preparing: [] });
});

test('a back-fill that is broken off goes on where it was, and one that is replaced ends', async () => {
  const shop = await aShop(empty);
  await shop.send(...['a', 'b', 'c', 'd', 'e'].flatMap((person) => views(person, 2)));
  const keen = aSegment('keen', viewsAtLeast(2));
  await shop.segments.publish(WORKSPACE, keen);
  await shop.aBackfiller().step();
  await shop.finish(shop.aBackfiller());
  expect(told(shop.records)).toHaveLength(5);

  await shop.segments.publish(WORKSPACE, aSegment('other', { kind: 'member', is: true }));
  const sessions = aSegment('other', { kind: 'sessions', test: { op: 'gte', value: 1 } });
  await shop.segments.publish(WORKSPACE, sessions);
  await shop.finish();
  expect(await shop.backfills.unfinished(WORKSPACE)).toEqual([]);
  expect(told(shop.records).slice(5)).toEqual(Array(5).fill('Segment Entered other publish'));
});

const people = ['phone', 'desktop', 'tablet'];
const signIns = fc.array(
  fc.record({
    place: fc.nat(40),
    device: fc.constantFrom(...people),
    user: fc.constantFrom('u', 'v'),
  }),
  { maxLength: 4 },
);

/** What a profile has of the plan's aggregates, session by session. */
function counted(profile: Profile, ids: readonly string[]) {
  const of = (aggregates: Profile['aggregates']) =>
    ids.flatMap((id) => {
      const state = aggregates[id.charAt(0)]?.[id];
      return state === undefined ? [] : [[id, state]];
    });
  return {
    ofPerson: of(profile.aggregates),
    bySession: profile.devices
      .map(({ session }) => [session.id, of(session.aggregates)] as const)
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  };
}

test('what is made up equals what had been counted from the start, whoever comes by meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(
      // Many at once, since most read nothing that is counted.
      fc
        .array(
          arbitraryCondition({
            ...referable,
            lists: [],
            segments: [],
            without: ['event', 'list'],
            now: T0,
          }),
          { minLength: 4, maxLength: 8 },
        )
        .map((of): Condition => ({ kind: 'any', of })),
      arbitraryHistory({ until: T0, devices: people, maxEvents: 40 }),
      signIns,
      fc.nat(40),
      fc.array(fc.nat(12), { minLength: 1, maxLength: 10 }),
      fc.array(fc.nat(6), { minLength: 1, maxLength: 10 }),
      async (condition, drawn, identifies, place, rests, gaps) => {
        const base = { ...aDefinition([]), lists: [], segments: [] };
        const drawnSegment = aSegment('drawn', condition);
        const events = [...drawn];
        for (const { place: drawnPlace, device, user } of identifies) {
          const at = drawnPlace % (events.length + 1);
          events.splice(
            at,
            0,
            anEvent({
              type: 'identify',
              anonymousId: device,
              userId: user,
              at: events[at]?.at ?? T0,
            }),
          );
        }
        const publishedAt = place % (events.length + 1);
        const shop = await aShop(base, rests);
        const sent: Promise<unknown>[] = [];
        let working: Promise<void> | undefined;
        for (const [index, event] of events.entries()) {
          if (index === publishedAt) {
            await shop.segments.publish(WORKSPACE, drawnSegment);
            working = shop.finish();
          }
          sent.push(shop.send(event));
          await turns(gaps[index % gaps.length] ?? 0);
        }
        await Promise.all(sent);
        await working;
        if (working === undefined) {
          await shop.segments.publish(WORKSPACE, drawnSegment);
        }
        await shop.finish();
        expect(await shop.backfills.unfinished(WORKSPACE)).toEqual([]);

        const { definition, plan } = shop.plans.get(WORKSPACE);
        const store = createMemoryStore();
        const reference = aServer(store, compilePlan(definition));
        for (const event of events) {
          await reference.pipeline.process(WORKSPACE, [event], false, T0);
        }
        const ids = [...plan.aggregates.keys()];
        const wanted = store.people(WORKSPACE);
        expect(shop.store.people(WORKSPACE).map(({ profileId }) => profileId)).toEqual(
          wanted.map(({ profileId }) => profileId),
        );
        for (const [index, { state }] of shop.store.people(WORKSPACE).entries()) {
          const reread: Profile = JSON.parse(state);
          const expected: Profile = JSON.parse(wanted[index]?.state ?? '');
          expect(counted(reread, ids)).toEqual(counted(expected, ids));
        }
      },
    ),
    { numRuns: 150 },
  );
}, 120_000);

test('after the switch everybody is where the definition puts them, whoever was passed over', async () => {
  const drawn = arbitraryCondition({
    ...referable,
    lists: [],
    segments: [],
    without: ['event', 'list'],
    now: T0,
  });
  await fc.assert(
    fc.asyncProperty(
      drawn,
      drawn,
      arbitraryHistory({ until: T0, devices: people, maxEvents: 40 }),
      fc.nat(40),
      async (first, second, events, place) => {
        const shop = await aShop({ ...aDefinition([]), lists: [], segments: [] });
        // By such a definition most people are passed over.
        const ofViewers = (condition: Condition): Condition => ({
          kind: 'all',
          of: [viewsAtLeast(1), condition],
        });
        await shop.send(...events.slice(0, place));
        await shop.segments.publish(WORKSPACE, aSegment('drawn', ofViewers(first)));
        const others: Condition = {
          kind: 'segment',
          segmentId: segmentId.parse('drawn'),
          is: false,
        };
        await shop.segments.publish(WORKSPACE, aSegment('others', others));
        await shop.finish();
        await shop.send(...events.slice(place));
        await shop.segments.publish(WORKSPACE, aSegment('drawn', ofViewers(second)));
        await shop.finish();
        const { plan } = shop.plans.get(WORKSPACE);
        for (const { state } of shop.store.people(WORKSPACE)) {
          const profile = decodeProfile(state);
          const isOverdue = profile.dueAt !== undefined && profile.dueAt <= T0;
          const { profile: then, transitions } = sweepProfile(profile, plan, T0);
          expect(isOverdue ? [] : transitions).toEqual([]);
          // What time changes is not found too late.
          expect(profile.dueAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
            then.dueAt ?? Number.POSITIVE_INFINITY,
          );
        }
      },
    ),
    { numRuns: 150 },
  );
}, 60_000);
