import type { Erasure } from '@tenth/model/erasure.ts';
import { type PersonExportLine, personExportLine } from '@tenth/model/person-export.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { profileIdOf } from '../identify/profile-id.ts';
import { openHere, type TenthHere } from './testing/open-here.ts';
import type { FoundIn, Wanted } from './testing/search-stores.ts';

let here: TenthHere;
beforeAll(async () => {
  here = await openHere();
}, 120_000);
afterAll(() => here.remove());

/** Everything that a person leaves anywhere has their name in it. */
const userIdOf = (name: string) => `user-${name}`;
const devicesOf = (name: string) => [`phone-${name}`, `laptop-${name}`] as const;
const emailOf = (name: string) => `${name}@shop.example`;

function traceOf(name: string): Wanted {
  const identifiers = [
    { kind: 'user_id' as const, value: userIdOf(name) },
    ...devicesOf(name).map((value) => ({ kind: 'anonymous_id' as const, value })),
  ];
  return {
    texts: [name],
    members: [userIdOf(name), emailOf(name)],
    profileIds: identifiers.map((one) => profileIdOf(here.tenth.workspaceId, one)),
  };
}

/** Two devices of one person, who signs in on both, buys, and is shown something. */
function historyOf(name: string): readonly object[] {
  const [phone, laptop] = devicesOf(name);
  const userId = userIdOf(name);
  const page = { url: `https://shop.example/${name}`, path: `/${name}`, title: name };
  return [
    { type: 'page', anonymousId: phone, properties: page, context: { page } },
    { type: 'page', anonymousId: laptop, properties: page },
    {
      type: 'identify',
      anonymousId: phone,
      userId,
      traits: { name: `Kim ${name}`, email: ` ${emailOf(name)} ` },
      context: { consent: { marketing_sms: true, textVersion: '2026-03', source: name } },
    },
    { type: 'identify', anonymousId: laptop, userId, traits: { city: name } },
    {
      type: 'track',
      event: 'Order Completed',
      userId,
      properties: { order_id: `order-${name}`, total: 5_000, currency: 'KRW' },
    },
    {
      type: 'page',
      anonymousId: laptop,
      properties: { ...page, note: 'a bot on a device of theirs' },
      context: { userAgent: 'Googlebot/2.1 (+http://www.google.com/bot.html)' },
    },
  ];
}

const quiet = 'quiet9c1e';
const busy = 'busy7f3a';
const others = Array.from({ length: 10 }, (_, index) => `other${index}b`);

async function publishThings(): Promise<void> {
  const { tenth, caller } = here;
  const { handlers } = tenth.admin;
  const everybody = [...others, quiet, busy];
  await here.uploadList('members', 'user_id', everybody.map(userIdOf));
  await here.uploadList('readers', 'email', everybody.map(emailOf));
  await handlers.putSegment({
    caller,
    params: { id: 'buyers' },
    query: { review: 'false' },
    body: {
      id: 'buyers',
      name: { en: 'Buyers' },
      condition: { kind: 'orders', measure: 'count', test: { op: 'gte', value: 1 } },
    },
  } as Parameters<typeof handlers.putSegment>[0]);
}

const requestErasure = (name: string) =>
  here.tenth.admin.handlers.erasePerson({
    caller: here.caller,
    params: { person: `userId:${userIdOf(name)}` },
  });

async function exportOf(name: string): Promise<readonly PersonExportLine[]> {
  const lines: PersonExportLine[] = [];
  const { personExports } = here.tenth.admin;
  const { signal } = new AbortController();
  for await (const line of await personExports.run(
    here.caller,
    `userId:${userIdOf(name)}`,
    signal,
  )) {
    lines.push(personExportLine.parse(line));
  }
  return lines;
}

async function untilErased({ erasureId }: Erasure): Promise<Erasure> {
  const { handlers } = here.tenth.admin;
  for (;;) {
    const { erasure } = await handlers.getErasure({
      caller: here.caller,
      params: { id: erasureId },
    });
    expect(erasure.waitingFor).toBeNull();
    if (erasure.state === 'done') {
      return erasure;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('an erased person is nowhere, whatever goes on meanwhile; whoever comes back begins anew', async () => {
  await publishThings();
  for (const name of [...others, quiet, busy]) {
    await here.send(historyOf(name));
  }
  const exported = await exportOf(quiet);
  expect(exported.at(-1)?.kind).toBe('done');
  const events = exported.filter(({ kind }) => kind === 'event');
  // Theirs, and what was told of the segment.
  expect(events.length).toBeGreaterThanOrEqual(historyOf(quiet).length);
  expect(events.every((line) => JSON.stringify(line).includes(quiet))).toBe(true);
  const linesOf = (kind: string) => exported.filter((line) => line.kind === kind).length;
  const kinds = ['about', 'profile', 'snapshot', 'identifier', 'merge', 'consent', 'list'];
  expect(Object.fromEntries(kinds.map((kind) => [kind, linesOf(kind)]))).toEqual({
    about: 1,
    profile: 2,
    snapshot: 2,
    identifier: 3,
    merge: 1,
    consent: 1,
    list: 2,
  });

  let isOver = false;
  // Others go on all the time, and the busy one too: before, while and after being erased.
  const load = Promise.all(
    [...others.slice(0, 4), busy].map(async (name, place) => {
      for (let round = 0; !isOver; round += 1) {
        const [phone, laptop] = devicesOf(name);
        await here.send([
          { type: 'page', anonymousId: round % 2 === 0 ? phone : laptop, properties: { place } },
          { type: 'track', event: 'Looked', userId: userIdOf(name), anonymousId: phone },
        ]);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }),
  );
  const eventsOfBusyOne = async () => {
    const { events } = await here.tenth.admin.handlers.listPersonEvents({
      caller: here.caller,
      params: { person: `userId:${userIdOf(busy)}` },
      query: { limit: 200 },
    });
    return events;
  };
  const before = Date.now();
  const [first, second] = await Promise.all([requestErasure(quiet), requestErasure(busy)]);
  const certificates = await Promise.all(
    [first, second].map(({ erasure }) => untilErased(erasure)),
  );
  for (const certificate of certificates) {
    expect(certificate.tables.every(({ left }) => left === 0)).toBe(true);
    expect(
      Object.fromEntries(certificate.tables.map(({ table, removed }) => [table, removed])),
    ).toMatchObject({
      profiles: 2,
      people_index: 1,
      identifiers: 3,
      merges: 1,
      consents: 1,
      list_members: 2,
      person_links: 1,
    });
    expect(JSON.stringify(certificate)).not.toMatch(/quiet9c1e|busy7f3a/);
    expect(certificate.subjects).toHaveLength(3);
  }
  // An import of what was before: taken, and nothing comes of it.
  await here.send(
    historyOf(quiet).map((message) => ({ ...message, timestamp: new Date(before - 1) })),
  );
  isOver = true;
  await load;
  await here.send([
    { type: 'track', event: 'Came Back', userId: userIdOf(busy), anonymousId: devicesOf(busy)[0] },
  ]);
  const { firstSeenAt, orders } = await here.tenth.admin.handlers.getPerson({
    caller: here.caller,
    params: { person: `userId:${userIdOf(busy)}` },
  });
  expect(Date.parse(firstSeenAt)).toBeGreaterThan(before);
  expect(orders).toBe(0);
  await expect
    .poll(async () => (await eventsOfBusyOne()).some(({ name }) => name === 'Came Back'), {
      timeout: 20_000,
    })
    .toBe(true);
  expect((await eventsOfBusyOne()).every(({ at }) => Date.parse(at) > before)).toBe(true);

  const found = await here.stopAndSearch(
    new Map<string, Wanted>([
      ['quiet', traceOf(quiet)],
      [
        'busy',
        {
          texts: [`Kim ${busy}`, emailOf(busy), `order-${busy}`],
          members: traceOf(busy).members,
          profileIds: [],
        },
      ],
      ['other', traceOf('other7b')],
    ]),
  );
  expect(found.get('quiet')).toEqual([]);
  expect(found.get('busy')).toEqual([]);
  // The search finds who is there.
  const places: FoundIn = found.get('other') ?? [];
  expect(places).toEqual(
    expect.arrayContaining([
      'event_log.events',
      'event_log.list_members',
      'event_log.person_links',
      'operational.consents',
      'operational.identifiers',
      'operational.list_members',
      'operational.merges',
      'operational.people_index',
      'operational.profiles',
    ]),
  );
}, 120_000);
