import { campaignId, messageId, workspaceId } from '@tenth/model/ids.ts';
import type { LoggedEvent, LogRecord } from '@tenth/model/log-record.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explainPerson } from '../../measure/queries/explain-person.ts';
import { findPersonProfiles } from '../../measure/queries/find-person-profiles.ts';
import { listEventsForReplay } from '../../measure/queries/list-events-for-replay.ts';
import { listPersonEvents } from '../../measure/queries/list-person-events.ts';
import { listRecentEvents } from '../../measure/queries/list-recent-events.ts';
import { generateHistory, toLogRecords } from '../../measure/testing/generated-history.ts';
import { anEvent, aProfileId } from '../../measure/testing/log-builders.ts';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { packBody } from '../../ship/outbox-body.ts';
import type { LogBatch } from '../../ship/ports.ts';
import { toLogText } from './log-text.ts';
import { migrateClickHouse } from './migrate.ts';

const MINE = workspaceId.parse('mine');
const fromMs = Date.parse('2026-03-01T00:00:00Z');
const history = generateHistory({
  seed: 11,
  profiles: 120,
  fromMs,
  toMs: fromMs + 40 * DAY_MS,
  campaignIds: ['hero'],
});
const records = toLogRecords(history, MINE, 100);

let log: Awaited<ReturnType<typeof openTestLog>>;

beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

async function countOf(table: string, batch: bigint): Promise<number> {
  const reply = await log.client.query({
    query: `SELECT toUInt32(count()) AS found, toUInt32(uniqExact(seq)) AS places FROM ${table} WHERE batch = {batch:UInt64}`,
    query_params: { batch: batch.toString() },
    format: 'JSONEachRow',
  });
  return (await reply.json<{ found: number }>())[0]?.found ?? -1;
}

async function aBatch(id: bigint, parts: readonly LogRecord[]): Promise<LogBatch> {
  const bodies = await Promise.all(parts.map((record) => packBody(toLogText([record]))));
  return { id, rows: bodies.map((body, index) => ({ id: id * 100n + BigInt(index), body })) };
}

test('migrations run again change nothing', async () => {
  expect(await migrateClickHouse({ client: log.client, cluster: undefined })).toEqual([]);
});

describe('a batch', () => {
  test('appended twice is stored once', async () => {
    const batch = await aBatch(1_001n, records.slice(0, 3));
    await log.eventLog.append(batch);
    await log.eventLog.append(batch);
    expect(await countOf('events', 1_001n)).toBe(300);
    const decisions = records.slice(0, 3).flatMap((record) => record.decisions);
    expect(await countOf('decisions', 1_001n)).toBe(decisions.length);
  });

  test('appended by several nodes at the same moment is stored once', async () => {
    for (let id = 1_101n; id < 1_104n; id += 1n) {
      const batch = await aBatch(id, records.slice(0, 2));
      await Promise.all([1, 2, 3].map(() => log.eventLog.append(batch)));
      expect(await countOf('events', id)).toBe(200);
    }
  });

  test('whose rows vanished behind its token is made whole, wholly or in part', async () => {
    const batch = await aBatch(1_002n, records.slice(3, 6));
    await log.eventLog.append(batch);
    for (const part of ['batch = 1002', 'batch = 1002 AND cityHash64(message_id) % 3 = 0']) {
      // As if the process had been killed between the deduplication log and the part.
      await log.client.command({
        query: `ALTER TABLE events DELETE WHERE ${part} SETTINGS mutations_sync = 2`,
      });
      expect(await countOf('events', 1_002n)).toBeLessThan(300);
      await log.eventLog.append(batch);
      expect(await countOf('events', 1_002n)).toBe(300);
    }
  });

  test('with text that ClickHouse refuses is stored, that text mended', async () => {
    const bad = 'half \ud83d and \udc00 and \\ud800';
    const event = anEvent({
      messageId: 'bad',
      type: 'page',
      name: bad,
      at: fromMs,
      category: bad,
      properties: { note: bad, whole: '😀' },
    });
    await log.eventLog.append(await aBatch(1_003n, [recordOf([logged(event)])]));
    const [stored] = await listRecentEvents(log.readerOf('bad-text'), 1);
    expect(stored).toMatchObject({
      name: 'half \ufffd and \ufffd and \\ud800',
      properties: { note: 'half \ufffd and \ufffd and \\ud800', whole: '😀' },
    });
  });

  test('with a row that cannot be read is refused whole, and the row named', async () => {
    const { rows } = await aBatch(1_005n, records.slice(6, 7));
    const damaged = { id: 7n, body: new Uint8Array([9, 9]) };
    await expect(log.eventLog.append({ id: 1_005n, rows: [...rows, damaged] })).rejects.toThrow(
      'outbox row 7 cannot be read',
    );
    expect(await countOf('events', 1_005n)).toBe(0);
  });

  test('over many years is stored in one go', async () => {
    const events = Array.from({ length: 150 }, (_, month) =>
      logged(anEvent({ messageId: `y${month}`, type: 'page', at: Date.UTC(2012, month, 1) })),
    );
    await log.eventLog.append(await aBatch(1_004n, [recordOf(events)]));
    expect(await countOf('events', 1_004n)).toBe(150);
  });

  function recordOf(events: readonly LoggedEvent[]): LogRecord {
    return { workspaceId: workspaceId.parse('bad-text'), events, decisions: [], personLinks: [] };
  }

  function logged(event: LoggedEvent['event']): LoggedEvent {
    const profileId = aProfileId(1);
    return {
      event,
      profileId,
      session: undefined,
      isNewVisitor: true,
      isMember: false,
      trace: undefined,
      facts: undefined,
      run: undefined,
    };
  }
});

describe('what was logged', () => {
  const SHOP = workspaceId.parse('queries');

  beforeAll(async () => {
    // Through the codec, as the shipper does.
    const body = await packBody(
      toLogText(records.map((record) => ({ ...record, workspaceId: SHOP }))),
    );
    await log.eventLog.append({ id: 2_000n, rows: [{ id: 2_000n, body }] });
  });

  const ofProfiles = (ids: readonly string[]) =>
    records.flatMap((record) => record.events).filter(({ profileId }) => ids.includes(profileId));

  test('comes back whole and in the order of commit for a replay', async () => {
    const profileIds = [aProfileId(3), aProfileId(4)];
    const since = fromMs;
    const replay = await listEventsForReplay(log.readerOf(SHOP), { profileIds, since });
    const wanted = ofProfiles(profileIds).filter(({ event }) => event.at >= since);
    expect(wanted.length).toBeGreaterThan(5);
    expect(replay.map(({ event }) => event)).toEqual(wanted.map(({ event }) => event));
    const after = replay[1]?.seq;
    const rest = await listEventsForReplay(log.readerOf(SHOP), { profileIds, since, after });
    expect(rest).toEqual(replay.slice(2));
  });

  test('of a person runs over all their profiles, page by page', async () => {
    const profileIds = [aProfileId(6), aProfileId(5)];
    expect(await findPersonProfiles(log.readerOf(SHOP), aProfileId(5))).toEqual({
      personId: aProfileId(6),
      profileIds,
    });
    const ids: string[] = [];
    let before: string | undefined;
    do {
      const page = await listPersonEvents(log.readerOf(SHOP), {
        profileId: aProfileId(5),
        limit: 4,
        before,
      });
      ids.push(...page.events.map(({ messageId: id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    const wanted = ofProfiles(profileIds).map(({ event }) => event);
    expect(ids).toHaveLength(wanted.length);
    expect(new Set(ids)).toEqual(new Set(wanted.map(({ messageId: id }) => id)));
    const times = ids.map((id) => wanted.find((event) => event.messageId === id)?.at ?? 0);
    expect(times).toEqual(times.toSorted((one, other) => other - one));
  });

  test('of a person who was parted again is their own', async () => {
    expect(await findPersonProfiles(log.readerOf(SHOP), aProfileId(50))).toEqual({
      personId: aProfileId(50),
      profileIds: [aProfileId(50)],
    });
  });

  test('tells every moment at which a campaign was considered', async () => {
    const decided = history.decisions[0];
    const profileId = decided?.profileId ?? aProfileId(1);
    const { profileIds } = await findPersonProfiles(log.readerOf(SHOP), profileId);
    const moments = await explainPerson(log.readerOf(SHOP), {
      profileId,
      campaignId: campaignId.parse('hero'),
    });
    const wanted = ofProfiles(profileIds).filter(({ trace }) => trace !== undefined);
    expect(moments).toHaveLength(wanted.length);
    expect(moments.map((moment) => messageId.parse(moment.messageId))).toContain(
      decided?.messageId,
    );
    expect(moments[0]?.outcome.kind).toMatch(/shown|withheld/);
    const none = { profileId, campaignId: campaignId.parse('her') };
    expect(await explainPerson(log.readerOf(SHOP), none)).toEqual([]);
  });

  test('last comes first in the list of recent events', async () => {
    const recent = await listRecentEvents(log.readerOf(SHOP), 10);
    const committed = records
      .flatMap((record) => record.events)
      .slice(-10)
      .reverse();
    expect(recent.map(({ messageId: id }) => id)).toEqual(
      committed.map(({ event }) => event.messageId),
    );
    expect(await listRecentEvents(log.readerOf('nobody'), 10)).toEqual([]);
  });

  test('a cursor that is none is refused by name', async () => {
    const input = { profileId: aProfileId(1), limit: 5, before: "1'; DROP TABLE events" };
    await expect(listPersonEvents(log.readerOf(SHOP), input)).rejects.toMatchObject({
      code: 'body-invalid',
      field: 'before',
    });
  });
});
