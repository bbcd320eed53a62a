import { Replay } from '@tenth/engine/replay/replay.ts';
import { aCampaign, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { segment } from '@tenth/model/segment.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { aShop } from '../backfill/testing/a-shop.ts';
import { WORKSPACE } from '../commit/testing/two-servers.ts';
import { PlanVersions } from './plan-versions.ts';
import { recordedOf } from './testing/recorded-of.ts';

const viewed = { type: 'track' as const, name: 'Product Viewed' };
/** One and the same figure, whoever asks. */
const viewers = {
  kind: 'event_count' as const,
  event: viewed,
  window: { kind: 'ever' as const },
  test: { op: 'gte' as const, value: 4 },
};
const onView = { kind: 'event' as const, event: viewed };
const often = { ever: 100, day: 100, session: 100 };
const forViewers = aCampaign({
  id: 'for-viewers',
  trigger: onView,
  audience: viewers,
  caps: often,
});
const forKeen = aCampaign({
  id: 'for-keen',
  trigger: onView,
  audience: { kind: 'segment', segmentId: 'keen' as never, is: true },
  format: { kind: 'top_bar' },
  caps: often,
});
const keen = segment.parse({
  id: 'keen',
  name: { en: 'Keen' },
  condition: { ...viewers, test: { op: 'gte', value: 10 } },
});

test('decisions by half a count, by none, and by one made up from the log, come out the same again', async () => {
  const shop = await aShop(
    planDefinition.parse({ version: 1, settings: { name: 'Shop' }, segments: [], campaigns: [] }),
  );
  let views = 0;
  /** Two people take turns, and at the last come out as one. */
  const view = async (times: number, userId?: string) => {
    for (let count = 0; count < times; count += 1) {
      views += 1;
      shop.advance(HOUR_MS);
      await shop.decide(
        aTrack(
          'Product Viewed',
          {},
          {
            messageId: `m${views}` as MessageId,
            anonymousId: `a${views % 2}`,
            userId,
            at: T0 + views * HOUR_MS,
          },
        ),
      );
    }
  };
  const publish = (change: Partial<PlanDefinition>) =>
    shop.publisher.publish(WORKSPACE, {
      path: '',
      apply: (current) => ({ ...current, ...change }),
    });

  await view(6);
  await publish({ campaigns: [forViewers] });
  // Of three views that there were, none had been counted.
  await view(6);
  await publish({ campaigns: [] });
  await view(2);
  await shop.segments.publish(WORKSPACE, keen);
  await view(2);
  await shop.finish();
  await publish({ campaigns: [forViewers, forKeen] });
  await view(4);
  await view(2, 'u1');
  await view(4);

  const versions = new PlanVersions(shop.planStore, shop.countedSegments);
  const recorded = recordedOf(shop.records);
  const { planOf, countedAnew } = await versions.load(
    WORKSPACE,
    recorded.map(({ planVersion }) => planVersion),
    new Map(),
  );
  expect(countedAnew).toHaveLength(1);
  const logged = shop.records.flatMap(({ events }) => events.map(({ trace }) => trace));
  const replay = new Replay(planOf, countedAnew);
  expect(recorded.map((one) => replay.take(one).applied.trace)).toEqual(logged);
  expect(replay.isWhole).toBe(true);

  // Each of the three kinds makes a difference, or this would show nothing.
  const outcomes = (id: string) =>
    logged.flatMap(
      (trace) =>
        trace?.considered.flatMap(({ campaignId, outcome }) =>
          campaignId === id ? [outcome.kind] : [],
        ) ?? [],
    );
  expect(new Set(outcomes('for-viewers'))).toEqual(new Set(['failed', 'shown']));
  expect(new Set(outcomes('for-keen'))).toEqual(new Set(['failed', 'shown']));
  const without = new Replay(planOf);
  expect(recorded.map((one) => without.take(one).applied.trace)).not.toEqual(logged);
});
