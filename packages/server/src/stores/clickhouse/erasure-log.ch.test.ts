import type { ProfileId } from '@tenth/model/ids.ts';
import { workspaceId } from '@tenth/model/ids.ts';
import type { LoggedEvent } from '@tenth/model/log-record.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anEvent, aProfileId } from '../../measure/testing/log-builders.ts';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { packBody } from '../../ship/outbox-body.ts';
import { createErasureLog } from './erasure-log.ts';
import { toLogText } from './log-text.ts';
import { createPersonRows } from './person-rows.ts';
import { fillProfileTables } from './profile-tables.ts';

const MINE = workspaceId.parse('mine');
const THEIRS = workspaceId.parse('theirs');

let log: Awaited<ReturnType<typeof openTestLog>>;
beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

const [person, merged, other] = [aProfileId(1), aProfileId(2), aProfileId(3)];

function by(
  name: string,
  profileId: ProfileId,
  of: { readonly userId?: string; readonly anonymousId?: string },
): LoggedEvent {
  const event = anEvent({ messageId: name, type: 'track', name, at: 1_772_000_000_000, ...of });
  return {
    event,
    profileId,
    session: undefined,
    isNewVisitor: false,
    isMember: of.userId !== undefined,
    trace: undefined,
    facts: undefined,
    run: undefined,
  };
}

/** Outbox rows, as they are numbered. */
async function ship(
  workspace: typeof MINE,
  outboxId: bigint,
  events: readonly LoggedEvent[],
  personLinks: readonly { profileId: ProfileId; personId: ProfileId; version: number }[] = [],
): Promise<void> {
  const text = toLogText([{ workspaceId: workspace, events, decisions: [], personLinks }]);
  await log.eventLog.append({ id: outboxId, rows: [{ id: outboxId, body: await packBody(text) }] });
  await fillProfileTables(log.client, outboxId);
}

async function namesOf(workspace: typeof MINE): Promise<readonly string[]> {
  const reply = await log.client.query({
    query: 'SELECT name FROM events WHERE workspace_id = {workspace:String} ORDER BY seq',
    query_params: { workspace },
    format: 'JSONEachRow',
  });
  return (await reply.json<{ name: string }>()).map(({ name }) => name);
}

async function count(table: string): Promise<number> {
  const reply = await log.client.query({
    query: `SELECT toUInt32(count()) AS found FROM ${table} FINAL WHERE workspace_id = 'mine'`,
    format: 'JSONEachRow',
  });
  return (await reply.json<{ found: number }>())[0]?.found ?? -1;
}

test('what is of the person goes, and what is of others or came later stays', async () => {
  const links = [{ profileId: merged, personId: person, version: 2 }];
  await ship(
    MINE,
    10n,
    [
      by('own', person, { userId: 'u1' }),
      by('of a merged profile', merged, { anonymousId: 'a1' }),
      by('filed elsewhere', other, { anonymousId: 'a1' }),
      by('of another on the same device', other, { userId: 'u2', anonymousId: 'a1' }),
      by('of somebody parted since', person, { anonymousId: 'a2' }),
    ],
    links,
  );
  await ship(MINE, 11n, [by('after coming back', person, { userId: 'u1' })]);
  await ship(THEIRS, 12n, [by('of the same name elsewhere', person, { userId: 'u1' })]);
  const traces = {
    profileIds: [person, merged],
    userIds: ['u1'],
    anonymousIds: ['a1'],
    emails: [],
    othersAnonymousIds: ['a2'],
  };
  const rows = [];
  for await (const row of createPersonRows(log.client).events(MINE, traces)) {
    rows.push(row.name);
  }
  expect(rows).toEqual(['own', 'of a merged profile', 'filed elsewhere', 'after coming back']);

  const erasures = createErasureLog(log.client);
  const removal = { erasureId: 'e1', traces, lastOutboxId: 10n };
  const removed = await erasures.remove(MINE, removal);
  expect(await namesOf(MINE)).toEqual([
    'of another on the same device',
    'of somebody parted since',
    'after coming back',
  ]);
  expect(await namesOf(THEIRS)).toEqual(['of the same name elsewhere']);
  expect(
    Object.fromEntries(removed.map(({ table, removed: rowsGone }) => [table, rowsGone])),
  ).toMatchObject({ events: 3, person_links: 1, decisions: 0 });
  expect(removed.every(({ left }) => left === 0)).toBe(true);
  // What follows from the events that stay is there again: of the person anew, and of the other.
  expect(await count('profile_facts')).toBe(2);

  await erasures.link(MINE, [{ profileId: merged, personId: person, version: 1 }]);
  expect(await count('person_links')).toBe(1);
  // Done again, nothing more is of the person, and those who came back stay.
  expect(
    await erasures.remove(MINE, { ...removal, traces: { ...traces, profileIds: [] } }),
  ).toEqual(expect.arrayContaining([{ store: 'event_log', table: 'events', removed: 0, left: 0 }]));
  expect(await namesOf(MINE)).toContain('after coming back');
});

test('nothing names the person once it is done', async () => {
  const reply = await log.client.query({
    query: 'SELECT toUInt32(count()) AS found FROM erasing',
    format: 'JSONEachRow',
  });
  expect(await reply.json()).toEqual([{ found: 0 }]);
  const mutations = await log.client.query({
    query: 'SELECT command FROM system.mutations WHERE database = currentDatabase()',
    format: 'JSONEachRow',
  });
  const text = await mutations.text();
  expect(text).toContain('DELETE WHERE');
  expect(text).not.toContain(person);
});
