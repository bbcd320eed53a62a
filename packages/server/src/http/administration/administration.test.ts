import { newProfile } from '@tenth/engine/profile.ts';
import { aCampaign, aProfileId, T0 } from '@tenth/engine/testing/builders.ts';
import type { Route } from '@tenth/model/api/route.ts';
import { routes } from '@tenth/model/api.ts';
import { expect, test } from 'vitest';
import {
  API_KEYS,
  bearer,
  OTHER,
  OTHER_API_KEY,
  openTestServer,
  SHOP,
  type TestServer,
} from '../testing/test-server.ts';

const all = Object.entries<Route>(routes).map(([name, route]) => ({
  name,
  ...route,
  url: route.path
    .replace(':person', 'userId:u1')
    .replace(':campaignId', 'welcome')
    .replace(':id', 'welcome'),
}));
const closed = all.filter(({ access }) => access !== 'public');

function call(server: TestServer, secret: string) {
  return (method: Route['method'], url: string, payload?: object) =>
    server.app.inject({
      method,
      url,
      headers: bearer(secret),
      ...(payload === undefined ? {} : { payload }),
    });
}

test.each(closed)('$name asks who is calling', async ({ method, url }) => {
  const { app } = await openTestServer();
  const anonymous = await app.inject({ method, url });
  expect(anonymous.statusCode).toBe(401);
  expect(anonymous.json().type).toBe('urn:tenth:problem:signed-out');
  const unknown = await app.inject({ method, url, headers: bearer('no-such-key') });
  expect(unknown.json().type).toBe('urn:tenth:problem:api-key-unknown');
});

test.each(closed)('$name needs a scope with the permission $access', async (route) => {
  const { method, url, access } = route;
  const { app } = await openTestServer();
  const reply = await app.inject({ method, url, headers: bearer(API_KEYS.read) });
  const isRefused = reply.statusCode === 403;
  expect(isRefused).toBe(!['read', 'read_people'].includes(access));
  if (isRefused) {
    expect(reply.json().type).toBe('urn:tenth:problem:scope-missing');
  }
});

test('a campaign is put, listed, switched and taken out, and each change is a new plan', async () => {
  const server = await openTestServer();
  const api = call(server, API_KEYS.both);
  const campaign = aCampaign({ id: 'welcome' });

  const put = await api('PUT', '/api/v1/campaigns/welcome', campaign);
  expect(put.json()).toMatchObject({ campaign: { id: 'welcome' }, planVersion: 2 });
  const listed = await api('GET', '/api/v1/campaigns');
  expect(listed.json().campaigns).toMatchObject([
    { campaign: { id: 'welcome', status: 'live' }, last30Days: { shown: 0 } },
  ]);
  const paused = await api('PATCH', '/api/v1/campaigns/welcome', { status: 'paused' });
  expect(paused.json()).toMatchObject({ campaign: { status: 'paused' }, planVersion: 3 });
  const deleted = await api('DELETE', '/api/v1/campaigns/welcome');
  expect(deleted.json()).toEqual({ planVersion: 4 });
  expect((await api('GET', '/api/v1/campaigns/welcome')).statusCode).toBe(404);
});

test('replies are what their schemas say', async () => {
  const server = await openTestServer();
  const api = call(server, API_KEYS.both);
  await api('PUT', '/api/v1/campaigns/welcome', aCampaign({ id: 'welcome' }));
  for (const name of [
    'getSession',
    'getWorkspace',
    'listKeys',
    'listCampaigns',
    'getCampaign',
    'listSegments',
    'listPeople',
    'listRecentEvents',
  ] as const) {
    const { path, reply } = routes[name];
    const answer = await api('GET', path.replace(':id', 'welcome'));
    expect(answer.statusCode, name).toBe(200);
    expect(reply.safeParse(answer.json()).error, name).toBeUndefined();
  }
});

test.each([
  {
    name: 'an unknown key',
    body: { ...aCampaign({ id: 'welcome' }), colour: 'red' },
    field: 'colour',
  },
  {
    name: 'a wrong type',
    body: { ...aCampaign({ id: 'welcome' }), priority: 'high' },
    field: 'priority',
  },
  {
    name: 'a huge number',
    body: { ...aCampaign({ id: 'welcome' }), priority: 1e308 },
    field: 'priority',
  },
  {
    name: 'something wrong deep inside',
    body: {
      ...aCampaign({ id: 'welcome' }),
      audience: { kind: 'all', of: [{ kind: 'member', is: 'perhaps' }] },
    },
    field: 'audience.of[0].is',
  },
  { name: "another's id", body: aCampaign({ id: 'other' }), field: 'id' },
  { name: 'a list', body: [], field: '' },
])('a campaign with $name is refused, and the field named', async ({ body, field }) => {
  const server = await openTestServer();
  const reply = await call(server, API_KEYS.both)('PUT', '/api/v1/campaigns/welcome', body);
  expect(reply.statusCode).toBe(400);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.json()).toMatchObject({ type: 'urn:tenth:problem:body-invalid', field });
});

test('a campaign that refers to an unknown segment is not published', async () => {
  const server = await openTestServer();
  const api = call(server, API_KEYS.both);
  const campaign = {
    ...aCampaign({ id: 'welcome' }),
    audience: { kind: 'segment', segmentId: 'nobody', is: true },
  };
  const reply = await api('PUT', '/api/v1/campaigns/welcome', campaign);
  expect(reply.statusCode).toBe(422);
  expect(reply.json().type).toBe('urn:tenth:problem:definition-invalid');
  expect(reply.json().field).toMatch(/^audience/);
  expect((await api('GET', '/api/v1/workspace')).json().planVersion).toBe(1);
});

test('a segment in use cannot be taken out', async () => {
  const server = await openTestServer();
  const api = call(server, API_KEYS.both);
  const segment = { id: 'vip', name: { en: 'VIP' }, condition: { kind: 'member', is: true } };
  expect((await api('PUT', '/api/v1/segments/vip', segment)).statusCode).toBe(200);
  await api('PUT', '/api/v1/campaigns/welcome', {
    ...aCampaign({ id: 'welcome' }),
    audience: { kind: 'segment', segmentId: 'vip', is: true },
  });
  const refused = await api('DELETE', '/api/v1/segments/vip');
  expect(refused.statusCode).toBe(422);
  expect(refused.json().field).toContain('campaigns.welcome');
  await api('DELETE', '/api/v1/campaigns/welcome');
  expect((await api('DELETE', '/api/v1/segments/vip')).statusCode).toBe(200);
});

test('many changes at once are all published, one after the other', async () => {
  const server = await openTestServer();
  const api = call(server, API_KEYS.both);
  const ids = ['a', 'b', 'c', 'd'];
  const replies = await Promise.all(
    ids.map((id) => api('PUT', `/api/v1/campaigns/${id}`, aCampaign({ id }))),
  );
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
  const { campaigns } = (await api('GET', '/api/v1/campaigns')).json();
  expect(campaigns).toHaveLength(4);
  expect((await api('GET', '/api/v1/workspace')).json().planVersion).toBe(5);
});

test('nothing of one workspace can be read or changed from another', async () => {
  const server = await openTestServer({
    people: [
      {
        workspaceId: SHOP,
        profile: newProfile(aProfileId(), T0),
        identifiers: [{ kind: 'userId', value: 'u1' }],
      },
    ],
  });
  const own = call(server, API_KEYS.both);
  const foreign = call(server, OTHER_API_KEY);
  await own('PUT', '/api/v1/campaigns/welcome', aCampaign({ id: 'welcome' }));
  const { key } = (await own('POST', '/api/v1/keys', { name: 'k', kind: 'api_key' })).json();

  expect((await own('GET', '/api/v1/people/userId:u1')).statusCode).toBe(200);
  for (const [method, url, body] of [
    ['GET', '/api/v1/campaigns/welcome'],
    ['PATCH', '/api/v1/campaigns/welcome', { status: 'paused' }],
    ['DELETE', '/api/v1/campaigns/welcome'],
    ['GET', '/api/v1/campaigns/welcome/report'],
    ['GET', '/api/v1/people/userId:u1'],
    ['GET', `/api/v1/people/profileId:${aProfileId()}`],
    ['GET', '/api/v1/people/userId:u1/events'],
    ['GET', '/api/v1/people/userId:u1/merges'],
    ['DELETE', `/api/v1/keys/${key.id}`],
  ] as const) {
    expect((await foreign(method, url, body)).statusCode, `${method} ${url}`).toBe(404);
  }
  expect((await foreign('GET', '/api/v1/campaigns')).json().campaigns).toEqual([]);
  expect((await foreign('GET', '/api/v1/people')).json().people).toEqual([]);
  expect((await foreign('GET', '/api/v1/workspace')).json().id).toBe(OTHER);
});

test('a key is shown once, works until it is revoked, and then never again', async () => {
  const server = await openTestServer();
  const api = call(server, API_KEYS.both);
  const made = await api('POST', '/api/v1/keys', {
    name: 'CI',
    kind: 'api_key',
    scopes: ['read'],
  });
  const { key, secret } = made.json();
  const withKey = call(server, secret);
  expect((await withKey('GET', '/api/v1/campaigns')).statusCode).toBe(200);
  const listed = await api('GET', '/api/v1/keys');
  expect(listed.body).not.toContain(secret);
  expect(listed.json().keys).toContainEqual(expect.objectContaining({ id: key.id, name: 'CI' }));
  expect((await api('DELETE', `/api/v1/keys/${key.id}`)).statusCode).toBe(200);
  expect((await withKey('GET', '/api/v1/campaigns')).statusCode).toBe(401);
});

test.each([
  { query: 'from=yesterday', field: 'from' },
  { query: 'from=2026-03-02T00:00:00Z&to=2026-03-01T00:00:00Z', field: 'from' },
  { query: 'from=1970-01-01T00:00:00Z&to=2099-01-01T00:00:00Z', field: 'from' },
  { query: 'until=2026-03-01T00:00:00Z', field: 'until' },
])('a period of $query is refused', async ({ query, field }) => {
  const server = await openTestServer();
  const reply = await call(server, API_KEYS.both)('GET', `/api/v1/reports/shop?${query}`);
  expect(reply.statusCode).toBe(400);
  expect(reply.json()).toMatchObject({ field });
});

test.each([
  { url: '/api/v1/people/name:kim', status: 400 },
  { url: '/api/v1/people/profileId:..%2f..', status: 404 },
  { url: '/api/v1/people?limit=100000', status: 400 },
  { url: '/api/v1/nothing', status: 404 },
])('$url answers $status with a problem', async ({ url, status }) => {
  const server = await openTestServer();
  const reply = await call(server, API_KEYS.both)('GET', url);
  expect(reply.statusCode).toBe(status);
  expect(reply.json()).toMatchObject({ status, requestId: expect.any(String) });
});

test('a body that is no JSON, or says it is something else, is refused', async () => {
  const { app } = await openTestServer();
  const url = '/api/v1/keys';
  const headers = bearer(API_KEYS.both);
  const broken = await app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    payload: '{"name":',
  });
  expect(broken.json()).toMatchObject({ status: 400, type: 'urn:tenth:problem:body-not-json' });
  const form = await app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    payload: 'name=k&kind=api_key',
  });
  expect(form.statusCode).toBe(400);
  const poisoned = await app.inject({
    method: 'POST',
    url,
    headers: { ...headers, 'content-type': 'application/json' },
    payload: '{"__proto__":{"scopes":["write"]},"name":"k","kind":"api_key"}',
  });
  expect(poisoned.statusCode).toBe(400);
});
