import { aCampaign, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import { expect, test } from 'vitest';
import { createMemoryStore } from './testing/memory-store.ts';
import { aServer, WORKSPACE } from './testing/two-servers.ts';

const viewed = { type: 'track', name: 'Product Viewed' } as const;
const plan = aPlan({
  segments: [
    {
      id: 'keen',
      name: { en: 'Keen' },
      condition: {
        kind: 'event_count',
        event: viewed,
        window: { kind: 'ever' },
        test: { op: 'gte', value: 1 },
      },
    },
  ],
  campaigns: [
    aCampaign({ id: 'at-once', trigger: { kind: 'event', event: viewed } }),
    aCampaign({
      id: 'welcome',
      trigger: { kind: 'event', event: { type: 'track', name: 'Segment Entered' } },
      format: { kind: 'top_bar' },
    }),
  ],
});
const view = (messageId: string, at: number) =>
  aTrack('Product Viewed', {}, { at, messageId: messageId as MessageId });

test('nothing is shown for what happened more than 30 s ago, nor for what it brings about', async () => {
  const { pipeline, records } = aServer(createMemoryStore(), plan);
  const { decisions } = await pipeline.process(WORKSPACE, [view('old', T0)], true, T0 + 30_001);
  expect(decisions).toEqual([]);
  const [record] = records;
  expect(record?.decisions).toEqual([]);
  expect(record?.events.map(({ event, run }) => [event.name, run?.decideAt])).toEqual([
    ['Product Viewed', undefined],
    ['Segment Entered', undefined],
  ]);
});

test('what is up to 30 s old is answered, and recorded as answered', async () => {
  const { pipeline, records } = aServer(createMemoryStore(), plan);
  const now = T0 + 30_000;
  const { decisions } = await pipeline.process(WORKSPACE, [view('new', T0)], true, now);
  expect(decisions.map(({ campaignId }) => campaignId)).toEqual(['at-once', 'welcome']);
  expect(records[0]?.events.map(({ run }) => run?.decideAt)).toEqual([now, now]);
});

test('of a batch, only what is new is answered', async () => {
  const { pipeline, records } = aServer(createMemoryStore(), plan);
  const now = T0 + 60_000;
  const batch = [view('old', T0), view('new', now - 10)];
  const { decisions } = await pipeline.process(WORKSPACE, batch, true, now);
  expect(decisions).toMatchObject([{ campaignId: 'at-once', messageId: 'new' }]);
  expect(records[0]?.events.map(({ run }) => run?.decideAt)).toEqual([undefined, undefined, now]);
});
