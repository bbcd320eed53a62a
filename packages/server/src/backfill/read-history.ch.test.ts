import { Recounter } from '@tenth/engine/aggregate/recount.ts';
import { compileConditionAlone } from '@tenth/engine/plan/plan.ts';
import { anEvent, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { ProfileId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMemoryStore } from '../commit/testing/memory-store.ts';
import { aServer, WORKSPACE } from '../commit/testing/two-servers.ts';
import { openTestLog } from '../measure/testing/open-test-log.ts';
import { readHistory } from './read-history.ts';

let log: Awaited<ReturnType<typeof openTestLog>>;
beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

test('what is counted out of the log is what was counted as it happened, visit by visit', async () => {
  const of = ['session', 'ever'] as const;
  const conditions = of.map((kind) => ({
    kind: 'event_number' as const,
    event: { type: 'track' as const, name: 'Product Viewed' },
    property: 'properties.price',
    measure: 'sum' as const,
    window: { kind },
    test: { op: 'gte' as const, value: 1_000 },
  }));
  const definition = planDefinition.parse({
    version: 1,
    settings: { name: 'Shop' },
    segments: [{ id: 's', name: { en: 's' }, condition: { kind: 'any', of: conditions } }],
    campaigns: [],
  });
  const plan = aPlan(definition);
  const store = createMemoryStore();
  const { pipeline, records } = aServer(store, plan);
  const visits = [0, 3_600_000].flatMap((start) =>
    Array.from({ length: 5 }, (_, index) =>
      aTrack('Product Viewed', { price: index + 1 }, { at: T0 + start + index * 1_000 }),
    ),
  );
  const others = [
    anEvent({ isBot: true }),
    anEvent(),
    aTrack('Product Viewed', { price: 7 }, { anonymousId: 'another' }),
  ];
  await pipeline.process(WORKSPACE, [...visits, ...others], false, T0);
  await log.append(records);

  const lone = compileConditionAlone(
    { kind: 'any', of: conditions },
    { ...definition, segments: [] },
    'condition',
  );
  const aggregates = [...lone.aggregates.values()];
  const profile = store.profileOf(WORKSPACE, { kind: 'anonymous_id', value: 'device-1' });
  const before = profile.id.slice(0, -1);
  for (const whose of [
    { range: undefined, others: [profile.id] },
    { range: { after: before, upTo: profile.id }, others: [] },
    { range: { after: '', upTo: before as ProfileId }, others: [profile.id] },
    { range: { after: profile.id, upTo: 'zzz' as ProfileId }, others: [] },
  ]) {
    const count = new Recounter(aggregates).begin();
    let read = 0;
    for await (const page of readHistory(log.readerOf(WORKSPACE), whose, aggregates)) {
      for (const filed of page.filter(({ profileId }) => profileId === profile.id)) {
        count.add(filed);
        read += 1;
      }
    }
    expect(read).toBe(whose.range?.after === profile.id ? 0 : visits.length);
    if (read > 0) {
      const { ofPerson, bySession } = count.done();
      expect(ofPerson).toEqual(profile.aggregates);
      expect(bySession.size).toBe(2);
      const [device] = profile.devices;
      expect(bySession.get(device?.session.id ?? '')).toEqual(device?.session.aggregates);
    }
  }
});
