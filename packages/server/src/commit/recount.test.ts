import { noAggregates } from '@tenth/engine/aggregate/aggregates.ts';
import { anEvent, T0 } from '@tenth/engine/testing/builders.ts';
import { expect, test } from 'vitest';
import { createMemoryStore } from './testing/memory-store.ts';
import { aServer, WORKSPACE } from './testing/two-servers.ts';

/** Of nothing: what matters here is whether it is taken. */
const recounted = { ofPerson: noAggregates, bySession: new Map() };

async function somebody() {
  const store = createMemoryStore();
  const { pipeline } = aServer(store);
  await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'a' })], false, T0);
  const [read] = store.people(WORKSPACE);
  if (read === undefined) {
    throw new Error('nobody is stored');
  }
  const { profileId, version, incarnation } = read;
  const recount = (of: { readonly version: number; readonly incarnation: number }) =>
    pipeline.recount(WORKSPACE, [{ profileId, recount: { recounted, ...of } }], T0);
  return { pipeline, version, incarnation, recount };
}

test('a count is taken by the profile that was read', async () => {
  const { version, incarnation, recount } = await somebody();
  expect(await recount({ version, incarnation })).toHaveLength(1);
});

test('a count is not taken by a profile that has moved on', async () => {
  const { pipeline, version, incarnation, recount } = await somebody();
  await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'a' })], false, T0);
  expect(await recount({ version, incarnation })).toEqual([]);
});

test('what was counted of somebody who was erased is not taken by who began anew under the same id', async () => {
  const { version, incarnation, recount } = await somebody();
  expect(await recount({ version, incarnation: incarnation + 1 })).toEqual([]);
});
