import type { WorkspaceId } from '@tenth/model/ids.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { NewAuditEntry } from '../../admin/audit/ports.ts';
import { KeyedHashes } from '../../privacy/keyed-hashes.ts';
import { createAuditStore } from './audit-store.ts';
import { createSaltStore } from './salt-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

const SHOP = 'shop' as WorkspaceId;
const OTHER = 'other' as WorkspaceId;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  for (const workspace of [SHOP, OTHER]) {
    await createWorkspaceStore(database.connection).ensure(workspace, 0);
  }
});
afterAll(() => database.remove());

const anEntry = (act: string, target: NewAuditEntry['target'] = {}): NewAuditEntry => ({
  at: 1_000,
  caller: { kind: 'user', id: 'u1' },
  act,
  target,
  outcome: 'done',
  planVersion: { before: 1, after: 2 },
  requestId: 'r1',
  address: '10.0.0.1',
});
const all = { limit: 10, before: undefined, act: undefined, people: undefined };

test('entries come back, the latest first, to their own workspace alone', async () => {
  const store = createAuditStore(database.connection);
  await store.append(SHOP, anEntry('putCampaign', { id: 'welcome' }));
  await store.append(SHOP, { ...anEntry('getPerson', { person: 'ab12' }), planVersion: null });
  await store.append(OTHER, anEntry('deleteKey'));
  const entries = await store.list(SHOP, all);
  const { at, ...first } = anEntry('putCampaign', { id: 'welcome' });
  expect(entries[1]).toEqual({
    ...first,
    at: new Date(at).toISOString(),
    entryId: expect.any(Number),
  });
  expect(entries.map(({ act }) => act)).toEqual(['getPerson', 'putCampaign']);
  const about = await store.list(SHOP, { ...all, people: ['ab12', 'cd34'] });
  expect(about.map(({ act }) => act)).toEqual(['getPerson']);
  expect(await store.list(SHOP, { ...all, act: 'putCampaign' })).toHaveLength(1);
  expect(await store.list(SHOP, { ...all, before: entries[1]?.entryId })).toEqual([]);
});

test.each(["update audit_log set act = 'none'", 'delete from audit_log', 'truncate audit_log'])(
  'the database refuses to %s',
  async (statement) => {
    const { db } = database.connection;
    await expect(sql.raw(statement).execute(db)).rejects.toThrow(/never changed/);
    expect(await createAuditStore(database.connection).list(OTHER, all)).toHaveLength(1);
  },
);

test('a workspace keeps the salt that it got first', async () => {
  const one = new KeyedHashes(createSaltStore(database.connection));
  const two = new KeyedHashes(createSaltStore(database.connection));
  const hash = await one.hash(SHOP, 'subject', 'userId:u1');
  expect(hash).toMatch(/^[0-9a-f]{32}$/);
  expect(await two.hash(SHOP, 'subject', 'userId:u1')).toBe(hash);
  expect(await one.hash(OTHER, 'subject', 'userId:u1')).not.toBe(hash);
  expect(await one.hash(SHOP, 'suppression', 'userId:u1')).not.toBe(hash);
});
