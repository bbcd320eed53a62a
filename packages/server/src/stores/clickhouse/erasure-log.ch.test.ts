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

const here = () => ({ client: log.client, cluster: undefined });
const goesOn = () => false;

/** Mutations of an erasure that are known, done or not: engines keep the last hundred. */
async function deletionsOf(erasureId: string, table: string): Promise<number> {
  return (await failuresOf(erasureId, table)).length;
}

async function failuresOf(erasureId: string, table: string): Promise<readonly string[]> {
  const reply = await log.client.query({
    query: `SELECT latest_fail_reason AS failure FROM system.mutations
      WHERE database = currentDatabase() AND table = {table:String} AND position(command, {named:String}) > 0`,
    query_params: { table, named: `'${erasureId}'` },
    format: 'JSONEachRow',
  });
  return (await reply.json<{ failure: string }>()).map(({ failure }) => failure);
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

  const erasures = createErasureLog(here());
  const removal = { erasureId: 'e1', traces, lastOutboxId: 10n };
  const removed = await erasures.remove(MINE, removal, goesOn);
  expect(await namesOf(MINE)).toEqual([
    'of another on the same device',
    'of somebody parted since',
    'after coming back',
  ]);
  expect(await namesOf(THEIRS)).toEqual(['of the same name elsewhere']);
  expect(
    Object.fromEntries((removed ?? []).map(({ table, removed: rowsGone }) => [table, rowsGone])),
  ).toMatchObject({ events: 3, person_links: 1, decisions: 0 });
  expect(removed?.every(({ left }) => left === 0)).toBe(true);
  // What follows from the events that stay is there again: of the person anew, and of the other.
  expect(await count('profile_facts')).toBe(2);

  await erasures.link(MINE, [{ profileId: merged, personId: person, version: 1 }]);
  expect(await count('person_links')).toBe(1);
  // Done again, nothing more is of the person, and those who came back stay.
  expect(
    await erasures.remove(MINE, { ...removal, traces: { ...traces, profileIds: [] } }, goesOn),
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

const alone = { emails: [], anonymousIds: [], othersAnonymousIds: [] };

test('a stop leaves the log deleting, and the next try waits for that instead of doing it again', async () => {
  const [gone, stays] = [aProfileId(4), aProfileId(5)];
  await ship(MINE, 20n, [by('of whoever goes', gone, { userId: 'u4' })]);
  await ship(MINE, 21n, [by('filed with another', stays, { userId: 'u4' })]);
  await ship(MINE, 22n, [by('of that other', stays, { userId: 'u5' })]);
  const traces = { ...alone, profileIds: [gone], userIds: ['u4'] };
  const removal = { erasureId: 'e-stopped', traces, lastOutboxId: 22n };
  const facts = await count('profile_facts');
  await log.client.command({ query: 'SYSTEM STOP MERGES events' });

  // Tries of processes that end, and of two nodes at once, until the events are being deleted.
  const stopped = () => createErasureLog(here()).remove(MINE, removal, () => true);
  await expect
    .poll(async () => {
      expect(await Promise.all([stopped(), stopped()])).toEqual([undefined, undefined]);
      return deletionsOf('e-stopped', 'events');
    })
    .not.toBe(0);
  const begun = await deletionsOf('e-stopped', 'events');
  for (let tries = 0; tries < 3; tries += 1) {
    expect(await stopped()).toBeUndefined();
  }
  expect(await deletionsOf('e-stopped', 'events')).toBe(begun);
  expect(await createErasureLog(here()).listNoted()).toEqual(['e-stopped']);

  const resumed = createErasureLog(here()).remove(MINE, removal, goesOn);
  await log.client.command({ query: 'SYSTEM START MERGES events' });
  expect(await resumed).toContainEqual({
    store: 'event_log',
    table: 'events',
    removed: 2,
    left: 0,
  });
  const names = await namesOf(MINE);
  expect(names).not.toContain('of whoever goes');
  expect(names).not.toContain('filed with another');
  expect(names).toContain('of that other');
  // Of whoever was touched, what follows from the events that stay, though the try that found them is over.
  expect(await count('profile_facts')).toBe(facts - 1);
  expect(await deletionsOf('e-stopped', 'events')).toBe(begun);
  expect(await createErasureLog(here()).listNoted()).toEqual([]);
});

test('a deletion that fails is told and ended, and done by the next try', async () => {
  await ship(MINE, 30n, [by('of whoever goes at last', aProfileId(6), { userId: 'u6' })]);
  const traces = { ...alone, profileIds: [aProfileId(6)], userIds: ['u6'] };
  const removal = { erasureId: 'e-failed', traces, lastOutboxId: 30n };
  const erasures = createErasureLog(here());
  await log.client.command({ query: 'SYSTEM STOP MERGES device_states' });
  expect(await erasures.remove(MINE, removal, () => true)).toBeUndefined();
  // What the deletion asks is away when its turn comes.
  await log.client.command({ query: 'RENAME TABLE erasing TO erasing_aside' });
  await log.client.command({ query: 'SYSTEM START MERGES device_states' });
  await expect
    .poll(async () => (await failuresOf('e-failed', 'device_states')).join(), { timeout: 20_000 })
    .toContain('UNKNOWN_TABLE');
  await log.client.command({ query: 'RENAME TABLE erasing_aside TO erasing' });
  await expect(erasures.remove(MINE, removal, goesOn)).rejects.toThrow(
    'could not change device_states',
  );
  expect(await deletionsOf('e-failed', 'device_states')).toBe(0);
  expect(await erasures.remove(MINE, removal, goesOn)).toContainEqual({
    store: 'event_log',
    table: 'events',
    removed: 1,
    left: 0,
  });
  expect(await erasures.listNoted()).toEqual([]);
});

test('what a killed node has left is known by its erasure, and can be forgotten', async () => {
  const erasures = createErasureLog(here());
  await log.client.command({
    query: "INSERT INTO erasing (attempt, kind, value) VALUES ('e-killed', 'user', 'u7')",
  });
  expect(await erasures.listNoted()).toEqual(['e-killed']);
  await erasures.forget('e-killed');
  await erasures.forget('e-never-noted');
  expect(await erasures.listNoted()).toEqual([]);
});
