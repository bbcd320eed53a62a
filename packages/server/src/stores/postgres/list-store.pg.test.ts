import { listId, type WorkspaceId, workspaceId } from '@tenth/model/ids.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ListKeeper } from '../../lists/list-keeper.ts';
import { MemberSet } from '../../lists/member-set.ts';
import type { ListStore } from '../../lists/ports.ts';
import { aMemberSet, numbered } from '../../lists/testing/a-member-set.ts';
import { noMemberLog } from '../../lists/testing/memory-lists.ts';
import { createListStore } from './list-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { createWorkspaceStore } from './workspace-store.ts';

const T0 = Date.parse('2026-03-02T00:00:00Z');
const SHOP = workspaceId.parse('shop');
const OTHER = workspaceId.parse('other');
const VIP = listId.parse('vip');

let database: TestDatabase;
let store: ListStore;

beforeAll(async () => {
  database = await openTestDatabase();
  const workspaces = createWorkspaceStore(database.connection);
  await workspaces.ensure(SHOP, T0);
  await workspaces.ensure(OTHER, T0);
  store = createListStore(database.connection);
}, 60_000);
afterAll(() => database.remove());

async function versionsOf(workspace: WorkspaceId): Promise<readonly string[]> {
  const versions = await store.findVersions(workspace);
  return versions.map((one) => `${one.listId}/${one.version}`);
}

test('members come back as they were, over several chunks, to their own workspace', async () => {
  const members = await aMemberSet(numbered(150_000));
  const version = await store.begin(SHOP, VIP, T0);
  await store.write(SHOP, { listId: VIP, version }, members);
  const read = await store.read(SHOP, { listId: VIP, version });
  expect(read.length).toBe(150_000);
  expect(Buffer.compare(Buffer.from(read.buffer), bytesOf(members))).toBe(0);
  const again = new MemberSet(read);
  expect(again.has('user-149999')).toBe(true);
  expect(again.has('user-150000')).toBe(false);
  expect(await store.read(OTHER, { listId: VIP, version })).toHaveLength(0);
  expect(await store.findVersions(OTHER)).toEqual([]);
  await store.drop(OTHER, { listId: VIP, version });
  expect(await store.findVersions(SHOP, VIP)).toEqual([{ listId: VIP, version, begunAt: T0 }]);
  await store.drop(SHOP, { listId: VIP, version });
});

function bytesOf(members: MemberSet): Buffer {
  const [all = new BigUint64Array()] = members.chunks(members.size);
  return Buffer.from(all.buffer, all.byteOffset, all.byteLength);
}

test('no number is given twice, neither to two at once nor after the members are gone', async () => {
  const id = listId.parse('numbered');
  const given = await Promise.all([1, 2, 3, 4].map(() => store.begin(SHOP, id, T0)));
  expect([...given].sort()).toEqual([1, 2, 3, 4]);
  await store.drop(SHOP, { listId: id, version: 4 });
  expect(await store.begin(SHOP, id, T0)).toBe(5);
  expect(await store.begin(OTHER, id, T0)).toBe(1);
});

test('versions that were replaced, or left behind by a process that ended, are dropped', async () => {
  let now = T0;
  const keeper = new ListKeeper({ store, log: noMemberLog, now: () => now });
  const id = listId.parse('kept');
  const aList = (version: number) => ({
    id,
    name: { en: 'Kept' },
    by: 'user_id' as const,
    version,
    members: 3,
  });
  const members = await aMemberSet(numbered(3));
  const first = await keeper.keep(SHOP, id, members);
  const second = await keeper.keep(SHOP, id, members);
  const third = await keeper.keep(SHOP, id, members);
  await keeper.dropBefore(SHOP, { listId: id, version: second });
  expect(await versionsOf(SHOP)).toEqual([`kept/${second}`, `kept/${third}`]);
  await expect(keeper.read(SHOP, aList(first))).rejects.toThrow('has 0 of its 3 members');
  expect((await keeper.read(SHOP, aList(second))).has('user-1')).toBe(true);

  // The third may still be on its way to a plan; an hour later it is not.
  await keeper.tidy(SHOP, [aList(second)]);
  expect(await versionsOf(SHOP)).toContain(`kept/${third}`);
  now += HOUR_MS + 1;
  await keeper.tidy(OTHER, []);
  await keeper.tidy(SHOP, [aList(second)]);
  expect(await versionsOf(SHOP)).toEqual([`kept/${second}`]);
});

test('nothing is left of a version that one of the stores did not take', async () => {
  const id = listId.parse('unlucky');
  const keeper = new ListKeeper({
    store,
    log: { ...noMemberLog, write: () => Promise.reject(new Error('the log is away')) },
    now: () => T0,
  });
  await expect(keeper.keep(SHOP, id, await aMemberSet(['a']))).rejects.toThrow('the log is away');
  expect(await store.findVersions(SHOP, id)).toEqual([]);
});
