import { aCampaign } from '@tenth/engine/testing/builders.ts';
import type { Route } from '@tenth/model/api/route.ts';
import { routes } from '@tenth/model/api.ts';
import { previewPath } from '@tenth/model/preview.ts';
import { expect, test } from 'vitest';
import { isAudited } from '../../admin/audit/audited-handlers.ts';
import type { AuditLog } from '../../admin/audit/ports.ts';
import { memoryAuditLog } from '../../admin/testing/memory-stores.ts';
import { API_KEYS, bearer, OTHER_API_KEY, openTestServer, SHOP } from '../testing/test-server.ts';

async function openAudited(audit: AuditLog = memoryAuditLog()) {
  const server = await openTestServer({ admin: { audit } });
  const call = (method: Route['method'], url: string, payload?: object) =>
    server.app.inject({
      method,
      url,
      headers: bearer(API_KEYS.both),
      ...(payload === undefined ? {} : { payload }),
    });
  const entries = () =>
    audit.list(SHOP, { limit: 1_000, before: undefined, act: undefined, people: undefined });
  return { server, call, entries };
}

test('whatever changes something or looks at people is written down, whatever comes of it', async () => {
  const { server, entries } = await openAudited();
  for (const [name, route] of Object.entries<Route>(routes)) {
    const before = (await entries()).length;
    const handler = server.admin.handlers[name as keyof typeof routes] as (
      call: object,
    ) => Promise<object>;
    // A call with its parts left out gets somewhere or not; either is an act.
    await handler({
      caller: { workspaceId: SHOP, permissions: new Set(), identity: { kind: 'user', id: 'u' } },
      params: { id: 'x', person: 'userId:nobody', campaignId: 'x' },
      query: { limit: 1 },
      body: {},
      session: { token: undefined, set() {}, clear() {} },
    }).catch(() => {});
    expect((await entries()).length - before, name).toBe(isAudited(route) ? 1 : 0);
  }
  const unaudited = Object.entries<Route>(routes).filter(([, route]) => !isAudited(route));
  expect(unaudited.every(([, { method }]) => method === 'GET')).toBe(true);
  expect(unaudited.map(([name]) => name)).not.toContain('getPerson');
});

test('an entry says who, what, when, from where, and the versions before and after', async () => {
  const { server, call } = await openAudited();
  const put = await call('PUT', '/api/v1/campaigns/welcome', aCampaign({ id: 'welcome' }));
  expect(put.statusCode).toBe(200);
  await call('POST', '/api/v1/keys', { name: 'Mine', kind: 'api_key' });
  const reply = routes.listAudit.reply.parse((await call('GET', '/api/v1/audit')).json());
  expect(reply.next).toBeNull();
  expect(reply.entries).toEqual([
    expect.objectContaining({ act: 'createKey', target: { id: expect.any(String) } }),
    {
      entryId: 1,
      at: expect.any(String),
      caller: { kind: 'api_key', id: API_KEYS.both },
      act: 'putCampaign',
      target: { id: 'welcome' },
      outcome: 'done',
      planVersion: { before: 1, after: 2 },
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      address: '127.0.0.1',
    },
  ]);
  const others = await server.app.inject({
    method: 'GET',
    url: '/api/v1/audit',
    headers: bearer(OTHER_API_KEY),
  });
  expect(others.json()).toEqual({ entries: [], next: null });
});

test('a look at a person is written down without naming them, and is found by the name', async () => {
  const { call, entries } = await openAudited();
  for (const person of ['userId:u1', 'userId:u2']) {
    expect((await call('GET', `/api/v1/people/${person}/explain`)).statusCode).toBe(404);
  }
  expect((await entries()).map(({ act, target, outcome }) => ({ act, target, outcome }))).toEqual([
    { act: 'explainMoment', target: { person: 'hash of userId:u2 in shop' }, outcome: 'not-found' },
    { act: 'explainMoment', target: { person: 'hash of userId:u1 in shop' }, outcome: 'not-found' },
  ]);
  const found = await call('GET', '/api/v1/audit?person=userId:u1');
  expect(found.json().entries).toHaveLength(1);
});

test('pages follow one another', async () => {
  const { call } = await openAudited();
  for (let times = 0; times < 5; times += 1) {
    await call('DELETE', '/api/v1/keys/none');
  }
  const first = (await call('GET', '/api/v1/audit?limit=3&act=deleteKey')).json();
  expect(first.next).toBe(3);
  const second = (await call('GET', `/api/v1/audit?limit=3&before=${first.next}`)).json();
  expect(second.entries.map(({ entryId }: { entryId: number }) => entryId)).toEqual([2, 1]);
  expect(second.next).toBeNull();
});

test('what is answered in lines is written down, too', async () => {
  const { call, entries } = await openAudited();
  await call('POST', previewPath, { condition: { kind: 'member', is: true } });
  expect((await entries()).map(({ act, outcome }) => ({ act, outcome }))).toEqual([
    { act: 'previewSegment', outcome: 'internal' },
  ]);
});

test('where the log cannot be written, nothing is answered', async () => {
  const { call } = await openAudited({
    append: () => Promise.reject(new Error('the store is away')),
    list: async () => [],
  });
  expect((await call('GET', '/api/v1/people')).statusCode).toBe(500);
});
