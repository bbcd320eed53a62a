import { listId, workspaceId } from '@tenth/model/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HIGH_WORD, hashMember, LOW_WORD } from '../../lists/member-hash.ts';
import { aMemberSet, numbered } from '../../lists/testing/a-member-set.ts';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { createMemberLog } from './member-log.ts';

const SHOP = workspaceId.parse('shop');
const OTHER = workspaceId.parse('other');
const VIP = listId.parse('vip');

let log: Awaited<ReturnType<typeof openTestLog>>;

beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

async function read<Row>(query: string, query_params: Record<string, unknown>): Promise<Row[]> {
  const reply = await log.client.query({ query, query_params, format: 'JSONEachRow' });
  return reply.json<Row>();
}

/** How many of user-0 to user-199999 are in a version of the list. */
async function countIn(workspace: string, version: number): Promise<number> {
  const [row] = await read<{ found: number }>(
    `SELECT toUInt32(count()) AS found FROM numbers(200000)
    WHERE sipHash64(concat('user-', toString(number))) IN (
      SELECT member FROM list_members
      WHERE workspace_id = {workspace:String} AND list_id = 'vip' AND version = {version:UInt64})`,
    { workspace, version },
  );
  return row?.found ?? -1;
}

test('both sides hash alike', async () => {
  const values = ['', ...numbered(300), '김민지@예시.한국', '😀'.repeat(40), ' \u0000\u00a0'];
  for (let length = 1; length < 40; length += 1) {
    values.push('é'.repeat(length), 'x'.repeat(length));
  }
  const rows = await read<{ hash: string }>(
    'SELECT toString(sipHash64(arrayJoin({values:Array(String)}))) AS hash',
    { values },
  );
  const words = new Uint32Array(2);
  const own = values.map((value) => {
    hashMember(value, words, 0);
    return ((BigInt(words[HIGH_WORD] ?? 0) << 32n) | BigInt(words[LOW_WORD] ?? 0)).toString();
  });
  expect(rows.map(({ hash }) => hash)).toEqual(own);
});

test('members are asked in SQL, version by version and workspace by workspace', async () => {
  const members = createMemberLog(log.client);
  const many = await aMemberSet(numbered(120_000));
  await members.write(SHOP, { listId: VIP, version: 1 }, many);
  // Once more, as after a lost reply.
  await members.write(SHOP, { listId: VIP, version: 1 }, many);
  await members.write(SHOP, { listId: VIP, version: 2 }, await aMemberSet(numbered(7)));
  await members.write(OTHER, { listId: VIP, version: 1 }, await aMemberSet(numbered(3)));
  expect(await countIn(SHOP, 1)).toBe(120_000);
  expect(await countIn(SHOP, 2)).toBe(7);
  expect(await countIn(OTHER, 1)).toBe(3);

  await members.drop(SHOP, { listId: VIP, version: 1 });
  await members.drop(SHOP, { listId: VIP, version: 1 });
  expect(await countIn(SHOP, 1)).toBe(0);
  expect(await countIn(SHOP, 2)).toBe(7);
  expect(await countIn(OTHER, 1)).toBe(3);
});
