import { listId, workspaceId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import { expect, test } from 'vitest';
import { aMemberSet } from '../lists/testing/a-member-set.ts';
import { memoryLists } from '../lists/testing/memory-lists.ts';
import { loadLatestPlan } from './load-latest-plan.ts';
import { PlanRegistry } from './plan-registry.ts';
import { memoryPlanStore } from './testing/memory-stores.ts';

const SHOP = workspaceId.parse('shop');
const VIP = listId.parse('vip');

function aPlan(version: number, listVersion: number): PlanDefinition {
  return planDefinition.parse({
    version,
    settings: { name: 'Shop' },
    segments: [],
    campaigns: [],
    lists: [{ id: VIP, name: { en: 'VIPs' }, by: 'user_id', version: listVersion, members: 1 }],
  });
}

test('what another node published is taken over with the members of its lists', async () => {
  const lists = memoryLists(() => 0);
  const store = memoryPlanStore();
  const registry = new PlanRegistry((id, list) => lists.read(id, list));
  for (const [version, member] of [
    [1, 'u1'],
    [2, 'u2'],
  ] as const) {
    await lists.keep(SHOP, VIP, await aMemberSet([member]));
    await store.append(SHOP, aPlan(version, version));
    await loadLatestPlan(SHOP, { store, registry });
    expect(registry.get(SHOP).lists.get(VIP)?.members.has(member)).toBe(true);
  }
  expect(registry.get(SHOP).lists.get(VIP)?.members.has('u1')).toBe(false);
});

test('a plan whose list was replaced while it was read gives way to the newer plan', async () => {
  const lists = memoryLists(() => 0);
  const registry = new PlanRegistry((id, list) => lists.read(id, list));
  await lists.keep(SHOP, VIP, await aMemberSet(['u1']));
  await lists.keep(SHOP, VIP, await aMemberSet(['u2']));
  await lists.dropBefore(SHOP, { listId: VIP, version: 2 });
  const plans = [aPlan(1, 1), aPlan(2, 2)];
  const store = { findLatest: async () => plans.shift() };
  await loadLatestPlan(SHOP, { store, registry });
  expect(registry.get(SHOP).definition.version).toBe(2);
});

test('members that are not there, and no newer plan, are an error; the old plan stays', async () => {
  const lists = memoryLists(() => 0);
  const store = memoryPlanStore();
  const registry = new PlanRegistry((id, list) => lists.read(id, list));
  await lists.keep(SHOP, VIP, await aMemberSet(['u1']));
  await store.append(SHOP, aPlan(1, 1));
  await loadLatestPlan(SHOP, { store, registry });
  await store.append(SHOP, aPlan(2, 9));
  await expect(loadLatestPlan(SHOP, { store, registry })).rejects.toThrow('0 of its 1 members');
  expect(registry.get(SHOP).definition.version).toBe(1);
});
