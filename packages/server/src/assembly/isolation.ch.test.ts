import type { Route } from '@tenth/model/api/route.ts';
import { type StreamedRoute, streamedRoutes } from '@tenth/model/api/streamed-routes.ts';
import { routes } from '@tenth/model/api.ts';
import {
  type Permission,
  permissionsOfScopes,
  scopes,
  scopesWith,
} from '@tenth/model/permission.ts';
import { previewPath } from '@tenth/model/preview.ts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { fillShop, sharedIds } from './testing/shop-history.ts';
import { openTwoShops, type Shop, type TwoShops } from './testing/two-shops.ts';
import { callsOfRoutes, type KnownIds, otherPaths, type RouteCall } from './testing/walk-routes.ts';

let shops: TwoShops;
/** What we read before the other shop had anyone, and after. */
let aloneView: readonly string[];
let besideView: readonly string[];

beforeAll(async () => {
  shops = await openTwoShops();
  await fillShop(shops.origin, shops.ours);
  await untilShipped(shops.ours);
  aloneView = await view(shops.ours, { methods: ['GET', 'POST'] });
  await fillShop(shops.origin, shops.theirs);
  await untilShipped(shops.theirs);
  besideView = await view(shops.ours, { methods: ['GET', 'POST'] });
}, 120_000);

afterAll(() => shops.stop());

const headersOf = (shop: Pick<Shop, 'apiKey'>) => ({ authorization: `Bearer ${shop.apiKey}` });

async function send(call: RouteCall, shop: Pick<Shop, 'apiKey'>) {
  const reply = await fetch(shops.origin + call.path, {
    method: call.method,
    headers: {
      ...headersOf(shop),
      ...(call.contentType === undefined ? {} : { 'content-type': call.contentType }),
    },
    ...(call.body === undefined ? {} : { body: call.body }),
  });
  return { status: reply.status, text: await reply.text() };
}

/** The log is a moment behind what is committed. */
async function untilShipped(shop: Shop): Promise<void> {
  await vi.waitFor(
    async () => {
      const reply = await fetch(`${shops.origin}/api/v1/events?limit=200`, {
        headers: headersOf(shop),
      });
      expect((await reply.text()).split('"messageId"').length - 1).toBeGreaterThanOrEqual(8);
    },
    { timeout: 30_000, interval: 200 },
  );
}

async function idsOf(shop: Shop): Promise<KnownIds> {
  const read = async (path: string) =>
    (await fetch(`${shops.origin}/api/v1/${path}`, { headers: headersOf(shop) })).text();
  const find = (text: string, name: string) =>
    [...text.matchAll(new RegExp(`"${name}":"([^"]+)"`, 'g'))].map(([, id = '']) => id);
  const merges = await read(`people/userId:${sharedIds.userId}/merges`);
  return {
    profileIds: [...new Set([...find(await read('people'), 'profileId')])],
    mergeIds: find(merges, 'mergeId'),
    keyIds: [shop.keyIds.spare],
    erasureIds: find(await read('erasures'), 'erasureId'),
  };
}

/** Times and figures that go on by themselves. */
const GOES_ON = new RegExp(
  [
    String.raw`"(?:asOf|exportedAt|lastUsedAt|score|lag|now|to|from|requestId)":(?:"[^"]*"|null|[\d.e+-]+)`,
    '"kind":"trend","at":"[^"]*"',
    String.raw`\{"kind":"progress".*\n`,
    String.raw`"took":\{[^}]*\}`,
  ].join('|'),
  'g',
);
/** What tells of readings themselves, and of the console that both share. */
const notOfTheShop = ['listAudit', 'getSession'];

/** What a shop can read of itself: all that is kept, and where wanted also what is worked out of it. */
async function view(
  shop: Shop,
  { methods }: { readonly methods: readonly string[] },
): Promise<readonly string[]> {
  const calls = callsOfRoutes(shop.marker, await idsOf(shop)).filter(
    ({ isReading, method, route }) =>
      isReading && methods.includes(method) && !notOfTheShop.includes(route),
  );
  const seen: string[] = [];
  for (const call of calls) {
    const { status, text } = await send(call, shop);
    seen.push(`${call.method} ${call.path} ${status} ${text.replaceAll(GOES_ON, '')}`);
  }
  return seen;
}

test('what we count and list does not change by what another shop has', () => {
  expect(besideView).toEqual(aloneView);
});

/** What no key opens, of nobody's shop: invitations, passwords, sessions. http/administration/users.test.ts has them. */
const isOfUsers = ({ access, path }: Route) =>
  access === 'signed_in' ||
  path === routes.acceptInvitation.path ||
  (access !== 'public' && scopesWith(access).length === 0);

const accessOf = (name: string): Route['access'] | undefined => {
  const all: Readonly<Record<string, Route>> = routes;
  return all[name]?.access;
};

test('no route tells us anything of theirs, changes anything of theirs, or is left out', async () => {
  const { ours, theirs } = shops;
  const ids = await idsOf(theirs);
  expect(ids.profileIds).toHaveLength(1);
  expect(ids.mergeIds).toHaveLength(1);
  const before = await view(theirs, { methods: ['GET'] });
  const leaks: string[] = [];
  const worked = new Set<string>();
  const stolen = { ...ids, keyIds: [...ids.keyIds, ...theirs.keyIds.inUse] };
  for (const call of callsOfRoutes(ours.marker, stolen)) {
    const { status, text } = await send(call, ours);
    // Setting a password works once.
    if (status < 300 && accessOf(call.route) === 'public') {
      worked.add(call.route);
    }
    if (text.includes(theirs.marker)) {
      leaks.push(`${call.method} ${call.path}: ${text.slice(0, 500)}`);
    }
  }
  expect(leaks).toEqual([]);
  expect(await view(theirs, { methods: ['GET'] })).toEqual(before);

  // Only a call that would have worked says anything: with their own key each route must.
  const told = new Set<string>();
  const refusals = new Map<string, string>();
  for (const call of callsOfRoutes(theirs.marker, ids)) {
    const { status, text } = await send(call, theirs);
    // 409: it came through to the shop, where nothing waits to be done.
    if (status < 300 || status === 409) {
      worked.add(call.route);
    } else {
      refusals.set(call.route, `${call.method} ${call.path} ${status} ${text}`);
    }
    if (text.includes(theirs.marker)) {
      told.add(call.route);
    }
  }
  const uncovered = Object.entries<Route>(routes).filter(
    ([name, route]) => !worked.has(name) && !isOfUsers(route),
  );
  expect(uncovered.map(([name]) => refusals.get(name))).toEqual([]);
  for (const [name, route] of Object.entries<Route>(routes)) {
    if (isOfUsers(route) && route.access !== 'public') {
      expect(refusals.get(name)).toContain(' 403 ');
    }
  }
  expect([...told]).toEqual(
    expect.arrayContaining(['getPerson', 'listPeople', 'listPersonEvents', 'listKeys']),
  );
}, 120_000);

/** What a key needs for it; undefined where no key is asked for. */
function needsOf({ route }: RouteCall): readonly Permission[] | undefined {
  const streamed: Readonly<Record<string, StreamedRoute>> = streamedRoutes;
  const access = accessOf(route);
  return access === undefined
    ? streamed[route]?.needs
    : access === 'public' || access === 'signed_in'
      ? undefined
      : [access];
}

test.each(scopes)(
  'a key with the scope %s alone opens what its permissions say, and no person without read_people',
  async (scope) => {
    const { ours } = shops;
    const key = { apiKey: ours.narrowKeys[scope] };
    const granted = permissionsOfScopes([scope]);
    const { streamEvents } = streamedRoutes;
    const stream: RouteCall = {
      ...personCall,
      ...streamEvents,
      route: 'streamEvents',
    };
    const ids = await idsOf(ours);
    const calls = callsOfRoutes(ours.marker, ids).filter(
      (call) => call.isReading && needsOf(call) !== undefined,
    );
    const mayStream = streamEvents.needs.every((one) => granted.has(one));
    for (const call of mayStream ? calls : [...calls, stream]) {
      const { status, text } = await send(call, key);
      const isOpen = needsOf(call)?.every((one) => granted.has(one));
      expect([call.method, call.path, status === 403]).toEqual([call.method, call.path, !isOpen]);
      if (!granted.has('read_people')) {
        for (const id of [...ids.profileIds, `Kim ${ours.marker}`, `kim@${ours.marker}`]) {
          expect([call.path, text.includes(id)]).toEqual([call.path, false]);
        }
      }
    }
  },
  60_000,
);

test('every address that the API describes is walked here or by the write key', async () => {
  const reply = await fetch(`${shops.origin}/api/openapi.json`);
  const { paths } = z
    .object({ paths: z.record(z.string(), z.unknown()) })
    .parse(await reply.json());
  const none = { profileIds: ['x'], mergeIds: [], keyIds: [], erasureIds: [] };
  const walked = [
    ...otherPaths,
    ...Object.values<Route>(routes).map((route) => route.path),
    ...callsOfRoutes('x', none).map((call) => call.path),
  ];
  const isWalked = (path: string) => {
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
    return walked.some((one) => pattern.test(one));
  };
  expect(Object.keys(paths).filter((path) => !isWalked(path))).toEqual([]);
});

test('a write key writes to its own shop, and the live stream shows no other’s events', async () => {
  const { ours, theirs, origin } = shops;
  const stream = await fetch(`${origin}/api/v1/events/stream`, { headers: headersOf(theirs) });
  const said: string[] = [];
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of stream.body ?? []) {
      said.push(decoder.decode(chunk, { stream: true }));
      if (said.join('').includes('Their Last')) {
        break;
      }
    }
  })();
  const track = (shop: Shop, event: string, more: object = {}) =>
    fetch(`${origin}/v1/track`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${shop.writeKey}:`).toString('base64')}` },
      body: JSON.stringify({
        userId: sharedIds.userId,
        anonymousId: sharedIds.devices[0],
        event,
        ...more,
      }),
    });
  const before = await send(personCall, theirs);
  // The key in the header decides, whatever the body says.
  await track(ours, `Ours ${ours.marker}`, {
    writeKey: theirs.writeKey,
    workspaceId: 'theirs',
    decide: true,
  });
  const after = await send(personCall, theirs);
  expect(after.text.replaceAll(GOES_ON, '')).toBe(before.text.replaceAll(GOES_ON, ''));
  await track(theirs, 'Their Last');
  await reading;
  expect(said.join('')).not.toContain(ours.marker);
});

test.each([
  "' or 1=1 --",
  "'; drop table profiles; --",
  "\\' or 1=1 --",
  "') or ('1'='1",
  '%',
  '_',
  '{workspace:String}',
  '$1',
  "kim' union select secret from keys --",
])('what looks like SQL is a text like any other: %s', async (text) => {
  const { ours } = shops;
  const read = (path: string) => send({ ...personCall, path: `/api/v1/${path}` }, ours);
  const encoded = encodeURIComponent(text);
  const { status, text: people } = await read(`people?search=${encoded}`);
  expect([status, JSON.parse(people).people]).toEqual([200, []]);
  for (const path of [
    `people/userId:${encoded}`,
    `people/anonymousId:${encoded}/events`,
    `campaigns/${encoded}`,
  ]) {
    expect([path, (await read(path)).status]).toEqual([path, 404]);
  }
  const preview = {
    condition: {
      kind: 'all',
      of: [
        { kind: 'trait', name: text, test: { op: 'is', value: text } },
        {
          kind: 'event_count',
          event: {
            type: 'track',
            name: text,
            where: [{ path: `properties.${text}`, test: { op: 'contains', value: text } }],
          },
          window: { kind: 'ever' },
          test: { op: 'gte', value: 1 },
        },
      ],
    },
    overlapWith: [],
    weeks: 0,
  };
  const previewed = await send(
    {
      ...personCall,
      method: 'POST',
      path: previewPath,
      contentType: 'application/json',
      body: JSON.stringify(preview),
    },
    ours,
  );
  expect(previewed.status === 200 ? '' : previewed.text).toBe('');
  expect(previewed.text).toMatch(/^\{"kind":"size","people":0,/);
  expect((await send(personCall, ours)).status).toBe(200);
});

const personCall: RouteCall = {
  route: 'getPerson',
  method: 'GET',
  path: `/api/v1/people/userId:${sharedIds.userId}`,
  contentType: undefined,
  body: undefined,
  isReading: true,
};
