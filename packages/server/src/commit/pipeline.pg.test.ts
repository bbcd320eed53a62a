import { decodeProfile } from '@tenth/engine/profile.ts';
import { aCampaign, anEvent, aPlan, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { MessageId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createCommitStore } from '../stores/postgres/commit-store.ts';
import { openTestDatabase, type TestDatabase } from '../stores/postgres/testing/open-test-store.ts';
import { importEvents } from './import-events.ts';
import type { CommitStore } from './ports.ts';
import { aServer, WORKSPACE } from './testing/two-servers.ts';

let database: TestDatabase;
let store: CommitStore;

beforeAll(async () => {
  database = await openTestDatabase();
  store = createCommitStore(database.connection);
}, 60_000);
afterAll(() => database.remove());

const cappedPlan = aPlan({
  campaigns: [
    aCampaign({
      id: 'hello',
      caps: { ever: 3 },
      trigger: { kind: 'event', event: { type: 'track', name: 'Knocked' } },
    }),
  ],
});

async function storedProfile(kind: 'anonymous_id' | 'user_id', value: string) {
  const found = await store.find([{ workspaceId: WORKSPACE, identifier: { kind, value } }], []);
  const [stored] = found.profiles;
  if (stored === undefined) {
    throw new Error(`nobody is called ${kind} ${value}`);
  }
  return { ...stored, profile: decodeProfile(stored.state) };
}

async function outboxRecords(): Promise<readonly LogRecord[]> {
  const rows = await database.connection.read<{ body: Uint8Array }>(
    'select body from outbox order by id',
    [],
  );
  return rows.flatMap(({ body }) => JSON.parse(new TextDecoder().decode(body)) as LogRecord[]);
}

test('an event is committed with its profile, identifier, list entry and outbox row', async () => {
  const { pipeline, records } = aServer(store);
  const event = anEvent({ anonymousId: 'plain', messageId: 'plain-1' as MessageId });
  await expect(pipeline.process(WORKSPACE, [event], true, T0)).resolves.toMatchObject({
    decisions: [],
    duplicates: 0,
    logged: [{ event }],
  });
  const stored = await storedProfile('anonymous_id', 'plain');
  expect(stored).toMatchObject({ version: 1, identifiers: 1, merges: 0 });
  expect(records).toHaveLength(1);
  const logged = (await outboxRecords()).flatMap(({ events }) => events);
  expect(logged.filter(({ event: { messageId } }) => messageId === 'plain-1')).toHaveLength(1);
  const [listed] = await database.connection.read<{ n: number }>(
    'select count(*) as n from people_index where workspace_id = $1 and profile_id = $2',
    [WORKSPACE, stored.profileId],
  );
  expect(listed?.n).toBe(1);
});

test.each([1, 2, 3])('a cap holds over 100 concurrent batches on %d servers', async (count) => {
  const person = `capped-${count}`;
  const servers = Array.from({ length: count }, () => aServer(store, cappedPlan));
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, index) => {
      const server = servers[index % count] ?? servers[0];
      return server?.pipeline.process(
        WORKSPACE,
        [
          anEvent({ anonymousId: person, at: T0 + index }),
          aTrack('Knocked', {}, { anonymousId: person, at: T0 + index }),
        ],
        true,
        T0 + index,
      );
    }),
  );
  const shown = outcomes.flatMap((outcome) => outcome?.decisions ?? []);
  // A message that stays decided is not a new one: each decision id counts once.
  const ids = new Set(shown.filter(({ action }) => action === 'show').map((one) => one.decisionId));
  const { profile } = await storedProfile('anonymous_id', person);
  expect(profile.ledger.length).toBe(ids.size);
  expect(ids.size).toBeLessThanOrEqual(3);
  expect(ids.size).toBeGreaterThan(0);
  const logged = (await outboxRecords())
    .flatMap(({ events }) => events)
    .filter(({ event }) => event.anonymousId === person);
  expect(logged).toHaveLength(200);
  expect(new Set(logged.map(({ event }) => event.messageId)).size).toBe(200);
});

test('a repeated event counts once: in a batch, across requests, servers and restarts', async () => {
  const event = anEvent({ anonymousId: 'again', messageId: 'again-1' as MessageId });
  const first = aServer(store);
  const both = await Promise.all([
    first.pipeline.process(WORKSPACE, [event, event], false, T0),
    first.pipeline.process(WORKSPACE, [event], false, T0),
  ]);
  expect(both.map(({ duplicates }) => duplicates)).toEqual([1, 1]);
  const second = aServer(store);
  const later = await second.pipeline.process(WORKSPACE, [event], false, T0);
  expect(later.duplicates).toBe(1);
  expect(second.records).toEqual([]);
});

test('two servers that take turns on one person lose and repeat nothing', async () => {
  const servers = [aServer(store), aServer(store)];
  const sent = Array.from({ length: 60 }, (_, index) =>
    servers[index % 2]?.pipeline.process(
      WORKSPACE,
      [
        aTrack(
          'Product Viewed',
          { product_id: `p${index}` },
          { anonymousId: 'raced', at: T0 + index },
        ),
      ],
      false,
      T0,
    ),
  );
  await Promise.all(sent);
  const reruns = servers.reduce((sum, { pipeline }) => sum + pipeline.stats().rerunRequests, 0);
  expect(reruns).toBeGreaterThan(0);
  const { profile } = await storedProfile('anonymous_id', 'raced');
  const hashes = profile.recentMessages.map(({ hashes }) => hashes).join('');
  expect(hashes.length / 8).toBe(60);
});

test('signing in on two servers at once ends in one known person with both histories', async () => {
  const [left, right] = [aServer(store), aServer(store)];
  await left.pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'phone' })], false, T0);
  await right.pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'laptop' })], false, T0);
  await Promise.all([
    left.pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'phone', userId: 'kim' })], false, T0),
    right.pipeline.process(
      WORKSPACE,
      [anEvent({ anonymousId: 'laptop', userId: 'kim' })],
      false,
      T0,
    ),
  ]);
  const [kim, phone, laptop] = await Promise.all([
    storedProfile('user_id', 'kim'),
    storedProfile('anonymous_id', 'phone'),
    storedProfile('anonymous_id', 'laptop'),
  ]);
  expect(phone.profileId).toBe(kim.profileId);
  expect(laptop.profileId).toBe(kim.profileId);
  expect(kim).toMatchObject({ identifiers: 3, merges: 1 });
  expect(kim.profile.devices.map(({ key }) => key).sort()).toEqual(['laptop', 'phone']);
  const links = [...left.records, ...right.records].flatMap(({ personLinks }) => personLinks);
  expect(links).toHaveLength(1);
  expect(links[0]).toMatchObject({ personId: kim.profileId });
});

test('a failed commit refuses exactly its requests, and what they did is forgotten', async () => {
  let isFailing = false;
  const { pipeline } = aServer({
    find: (...asked) => store.find(...asked),
    write: (commit) => (isFailing ? Promise.reject(new Error('gone')) : store.write(commit)),
  });
  const event = anEvent({ anonymousId: 'unlucky' });
  isFailing = true;
  await expect(pipeline.process(WORKSPACE, [event], false, T0)).rejects.toMatchObject({
    code: 'store-unavailable',
  });
  isFailing = false;
  const retried = await pipeline.process(WORKSPACE, [event], false, T0);
  expect(retried.duplicates).toBe(0);
  expect(pipeline.stats().waitingEvents).toBe(0);
});

test('what was built on a failed commit runs again without it', async () => {
  const [first, second] = [anEvent({ anonymousId: 'built' }), anEvent({ anonymousId: 'built' })];
  let sentMeanwhile: Promise<unknown> | undefined;
  const { pipeline, records } = aServer({
    find: (...asked) => store.find(...asked),
    write: async (commit) => {
      if (sentMeanwhile === undefined) {
        // The second request runs on the first one's state, in memory, at once.
        sentMeanwhile = pipeline.process(WORKSPACE, [second], false, T0);
        throw new Error('gone');
      }
      return await store.write(commit);
    },
  });
  await expect(pipeline.process(WORKSPACE, [first], false, T0)).rejects.toMatchObject({
    code: 'store-unavailable',
  });
  await sentMeanwhile;
  expect(pipeline.stats().rerunRequests).toBe(1);
  const { profile } = await storedProfile('anonymous_id', 'built');
  expect(profile.devices[0]?.session.pages).toBe(1);
  expect(records.flatMap(({ events }) => events.map(({ event }) => event.messageId))).toEqual([
    second.messageId,
  ]);
});

test('a person is founded anew where a row without identifiers is left', async () => {
  const { pipeline } = aServer(store);
  await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'left' })], false, T0);
  await database.connection.runScript([
    {
      sql: 'delete from identifiers where workspace_id = $1 and value = $2',
      values: [WORKSPACE, 'left'],
    },
  ]);
  const later = aServer(store);
  await later.pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'left' })], false, T0);
  const { profile, version } = await storedProfile('anonymous_id', 'left');
  expect({ pages: profile.devices[0]?.session.pages, version }).toEqual({ pages: 1, version: 2 });
});

test('an event that a bug trips over is refused alone', async () => {
  const { pipeline } = aServer(store);
  const broken = { ...anEvent({ anonymousId: 'bug' }), traits: undefined, type: 'identify' };
  const outcomes = await Promise.allSettled([
    pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'bug' })], false, T0),
    // What no entrance lets through, to see the rest survive it.
    pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'bug' }), broken as never], false, T0),
    pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'bug' })], false, T0),
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const { profile } = await storedProfile('anonymous_id', 'bug');
  expect(profile.devices[0]?.session.pages).toBe(2);
});

test('an import stores everything once, in order', async () => {
  const { pipeline, records } = aServer(store);
  const events = Array.from({ length: 2_500 }, (_, index) =>
    anEvent({ anonymousId: `import-${index % 40}`, at: T0 + index }),
  );
  async function* source() {
    yield* events;
    yield* events.slice(0, 10);
  }
  const progress = await importEvents(pipeline, WORKSPACE, source());
  expect(progress).toEqual({ stored: 2_500, duplicates: 10 });
  const logged = records.flatMap((record) => record.events.map(({ event }) => event.messageId));
  expect(logged).toEqual(events.map(({ messageId }) => messageId));
});

test('an event that names nobody is refused, a bot founds no profile', async () => {
  const { pipeline, records } = aServer(store);
  await expect(
    pipeline.process(WORKSPACE, [anEvent({ anonymousId: undefined })], false, T0),
  ).rejects.toMatchObject({ code: 'body-invalid' });
  await pipeline.process(WORKSPACE, [anEvent({ anonymousId: 'bot', isBot: true })], true, T0);
  expect(records[0]?.events).toHaveLength(1);
  await expect(storedProfile('anonymous_id', 'bot')).rejects.toThrow('nobody');
});

test('ids that a database cannot keep do not make the commit of others fail', async () => {
  const { pipeline } = aServer(store);
  const ids = [
    'nul\0',
    'half\ud800',
    'x'.repeat(10_000),
    '한국어 🙂',
    "'; drop table profiles; --",
  ];
  await Promise.all(
    ids.map((id) =>
      pipeline.process(
        WORKSPACE,
        [
          anEvent({
            anonymousId: id,
            userId: `u-${id}`,
            messageId: `m-${id}`.slice(0, 100) as MessageId,
          }),
          anEvent({ anonymousId: id, userId: `u-${id}`, type: 'identify', traits: { name: id } }),
        ],
        false,
        T0,
      ),
    ),
  );
  await expect(storedProfile('anonymous_id', '한국어 🙂')).resolves.toMatchObject({
    identifiers: 2,
  });
});

test('too many waiting events are refused, not kept', async () => {
  const { pipeline } = aServer(store, aPlan(), { mostWaitingEvents: 5 });
  const sent = await Promise.allSettled(
    Array.from({ length: 8 }, (_, index) =>
      pipeline.process(WORKSPACE, [anEvent({ anonymousId: `crowd-${index}` })], false, T0),
    ),
  );
  const refused = sent.filter(({ status }) => status === 'rejected');
  expect(refused).toHaveLength(3);
  expect(refused[0]).toMatchObject({ reason: { code: 'store-unavailable' } });
});

test('more people than memory holds, and more events than a commit takes, all get through', async () => {
  const { pipeline } = aServer(store, aPlan(), { mostPeople: 10, mostCommitEvents: 25 });
  const sent: Promise<unknown>[] = [];
  for (let index = 0; index < 300; index += 1) {
    const batch = [index, index + 7, index * 3].map((person) =>
      anEvent({ anonymousId: `many-${person % 50}`, at: T0 + index }),
    );
    sent.push(pipeline.process(WORKSPACE, batch, false, T0));
  }
  await Promise.all(sent);
  const logged = (await outboxRecords())
    .flatMap(({ events }) => events)
    .filter(({ event }) => event.anonymousId?.startsWith('many-'));
  expect(logged).toHaveLength(900);
  expect(pipeline.stats().people).toBeLessThanOrEqual(10);
});
