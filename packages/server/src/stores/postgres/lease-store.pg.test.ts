import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LeaseName } from '../../nodes/ports.ts';
import { createLeaseStore } from './lease-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';

const BOTH: readonly LeaseName[] = ['ship', 'backfill'];
const LONG_MS = 60_000;

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.remove());

test('whoever asks first has it, renews it, and gives it back', async () => {
  const leases = createLeaseStore(database.connection);
  expect(await leases.take(['ship'], 'one', LONG_MS)).toEqual(new Set(['ship']));
  expect(await leases.take(BOTH, 'two', LONG_MS)).toEqual(new Set(['backfill']));
  expect(await leases.take(BOTH, 'one', LONG_MS)).toEqual(new Set(['ship']));
  await leases.release('one');
  expect(await leases.take(BOTH, 'two', LONG_MS)).toEqual(new Set(BOTH));
  await leases.release('two');
});

test('what was not renewed in time goes to another, however the nodes’ clocks stand', async () => {
  const leases = createLeaseStore(database.connection);
  await leases.take(['ship'], 'killed', -1);
  expect(await leases.take(['ship'], 'next', LONG_MS)).toEqual(new Set(['ship']));
  expect(await leases.take(['ship'], 'killed', LONG_MS)).toEqual(new Set());
});

test('of nodes that ask at the same moment, one has it', async () => {
  const leases = createLeaseStore(database.connection);
  const nodes = Array.from({ length: 8 }, (_, index) => `node-${index}`);
  const held = await Promise.all(nodes.map((node) => leases.take(['quantiles'], node, LONG_MS)));
  expect(held.filter(({ size }) => size === 1)).toHaveLength(1);
});
