import { Replay } from '@tenth/engine/replay/replay.ts';
import { aCampaign, anEvent, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import { type MessageId, workspaceId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';
import type { Segment } from '@tenth/model/segment.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PlanVersions } from './plan-versions.ts';
import { recordStream } from './testing/record-stream.ts';
import { recordedOf } from './testing/recorded-of.ts';

const SHOP = workspaceId.parse('shop');
const name = { en: 'Name' };
const pages = (kind: 'ever' | 'session', value: number) => ({
  kind: 'event_count' as const,
  event: { type: 'page' as const },
  window: { kind },
  test: { op: 'gte' as const, value },
});
const first = planDefinition.parse({
  version: 1,
  settings: { name: 'Shop' },
  segments: [{ id: 'keen', name, condition: pages('ever', 3) }],
  campaigns: [
    aCampaign({ id: 'third-page', trigger: { kind: 'page_count', pages: 3 }, caps: { ever: 2 } }),
    aCampaign({
      id: 'welcome',
      trigger: { kind: 'event', event: { type: 'track', name: 'Segment Entered' } },
      format: { kind: 'top_bar' },
      keepWhile: { kind: 'segment', segmentId: 'keen' as never, is: true },
    }),
  ],
});
const second = {
  ...first,
  version: 2,
  campaigns: [
    ...first.campaigns,
    aCampaign({ id: 'often', audience: pages('ever', 4), format: { kind: 'bottom_bar' } }),
  ],
};

interface Said {
  readonly device: number | undefined;
  readonly user: number | undefined;
  readonly what: 'page' | 'view' | 'identify' | 'alias';
  readonly gap: number;
}

const said = fc.record<Said>({
  device: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined, freq: 6 }),
  user: fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 1 }),
  what: fc.constantFrom('page', 'page', 'view', 'identify', 'alias'),
  gap: fc.constantFrom(1, 5, 45),
});

function eventsOf(history: readonly Said[]): readonly SiteEvent[] {
  let at = T0;
  return history.map((one, index) => {
    at += one.gap * MINUTE_MS;
    return eventOf(one, index, at);
  });
}

function eventOf({ device, user, what }: Said, index: number, at: number): SiteEvent {
  const given = {
    at,
    messageId: `m-${index}` as MessageId,
    anonymousId: device === undefined && user !== undefined ? undefined : `a${device ?? 0}`,
    userId: user === undefined ? undefined : `u${user}`,
  };
  switch (what) {
    case 'page':
      return anEvent(given);
    case 'view':
      return aTrack('Product Viewed', { category: 'shirts' }, given);
    case 'identify':
      return anEvent({ ...given, type: 'identify', page: undefined, traits: { n: index } });
    case 'alias':
      return anEvent({ ...given, type: 'alias', page: undefined, previousId: `a${index % 4}` });
  }
}

test('whatever happened, and whoever merged, comes out the same again', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(said, { minLength: 1, maxLength: 40 }), async (history) => {
      const definitions = [first, second];
      const { records, store, decisions } = await recordStream(eventsOf(history), {
        workspaceId: SHOP,
        definitions,
        silentEvery: 5,
      });
      const versions = new PlanVersions({
        find: async (_, version) => definitions.find((one) => one.version === version),
      });
      const { planOf } = await versions.load(SHOP, [1, 2], new Map());
      const replay = new Replay(planOf);
      const applied = recordedOf(records).map((one) => replay.take(one).applied);
      expect(applied.flatMap((one) => one.decisions)).toEqual(decisions);
      expect(applied.map(({ trace }) => trace)).toEqual(
        records.flatMap(({ events }) => events.map(({ trace }) => trace)),
      );
      expect(replay.isWhole).toBe(true);
      for (const { profileId, state } of store.people(SHOP)) {
        expect(kept(replay.profileOf(profileId))).toEqual(kept(JSON.parse(state)));
      }
    }),
    { numRuns: 150 },
  );
});

/** What decisions can rest on: messages are told apart before they are logged. */
function kept(profile: Profile | undefined): unknown {
  const { recentMessages: _, ...rest } = profile ?? {};
  return JSON.parse(JSON.stringify(rest));
}

describe('past plans', () => {
  const find = async (_: unknown, version: number) =>
    [first, second].find((one) => one.version === version);

  const viewers = { id: 'viewers' as never, name, condition: pages('session', 2) };
  const third = { ...second, version: 3, preparing: [{ segment: viewers, isNew: true }] };
  const fourth = { ...second, version: 4, segments: [...second.segments, viewers] };
  const withLater = (later: readonly PlanDefinition[]) => {
    const all = [first, second, ...later];
    return {
      find: async (_: unknown, version: number) => all.find((one) => one.version === version),
    };
  };
  const counted = (segment: Segment) => ({
    list: async () => [{ planVersion: 3, segment, aggregates: ['an-id'] }],
  });
  const preparedIn = async (versions: PlanVersions, wanted: readonly number[]) =>
    (await versions.definitionsOf(SHOP, wanted)).map(({ preparing }) => preparing.length);

  test('count from the start what was made up for everybody later, for what might have been', async () => {
    const versions = new PlanVersions(withLater([third, fourth]), counted(viewers));
    expect(await preparedIn(versions, [1, 2, 3, 4])).toEqual([1, 1, 1, 0]);
    const { planOf, countedAnew } = await versions.load(SHOP, [1, 4], new Map());
    // A replay of what was has it as it was, until it was made up.
    expect(planOf(1).aggregates.size).toBe(planOf(4).aggregates.size - 1);
    expect(countedAnew).toEqual([{ planVersion: 4, aggregates: ['an-id'] }]);
  });

  test('know nothing of what was made up, or given up on, later than they look', async () => {
    const still = new PlanVersions(withLater([third, fourth]), counted(viewers));
    expect((await still.load(SHOP, [1, 3], new Map())).countedAnew).toEqual([]);
    const dismissed = { ...second, version: 4 };
    const again = { ...fourth, version: 5 };
    const dropped = new PlanVersions(withLater([third, dismissed, again]), counted(viewers));
    expect((await dropped.load(SHOP, [1, 5], new Map())).countedAnew).toEqual([]);
    expect(await preparedIn(dropped, [1, 5])).toEqual([0, 0]);
  });

  test('leave out what that version could not have counted', async () => {
    const condition = { kind: 'segment' as const, segmentId: 'viewers' as never, is: true };
    const later = { id: 'x' as never, name, condition };
    const plans = [
      { ...fourth, version: 3, preparing: [{ segment: later, isNew: true }] },
      { ...fourth, segments: [...fourth.segments, later] },
    ];
    const versions = new PlanVersions(withLater(plans), counted(later));
    expect(await preparedIn(versions, [1, 4])).toEqual([0, 0]);
  });

  test('that are gone are told by version', async () => {
    await expect(new PlanVersions({ find }).load(SHOP, [7], new Map())).rejects.toThrow(
      'version 7',
    );
  });
});
