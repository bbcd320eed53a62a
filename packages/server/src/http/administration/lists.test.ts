import { gzipSync } from 'node:zlib';
import { aCampaign } from '@tenth/engine/testing/builders.ts';
import type { Route } from '@tenth/model/api/route.ts';
import { routes } from '@tenth/model/api.ts';
import { listId } from '@tenth/model/ids.ts';
import { expect, test } from 'vitest';
import { memoryLists } from '../../lists/testing/memory-lists.ts';
import {
  API_KEYS,
  bearer,
  OTHER_API_KEY,
  openTestServer,
  SHOP,
  type TestServer,
} from '../testing/test-server.ts';

const VIP = '/api/v1/lists/vip/members';

interface Sent {
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
}

function upload({ app }: TestServer, url: string, body: string | Buffer, sent: Sent = {}) {
  return app.inject({
    method: 'POST',
    url,
    headers: {
      ...bearer(sent.key ?? API_KEYS.both),
      'content-type': sent.type ?? 'text/csv',
      ...sent.headers,
    },
    payload: body,
  });
}

function call({ app }: TestServer, key: string = API_KEYS.both) {
  return (method: Route['method'], url: string, payload?: object) =>
    app.inject({
      method,
      url,
      headers: bearer(key),
      ...(payload === undefined ? {} : { payload }),
    });
}

const onlyForVips = {
  ...aCampaign({ id: 'welcome' }),
  audience: { kind: 'list', listId: 'vip', is: true },
};

test('a list is uploaded, replaced, used, and taken out', async () => {
  const server = await openTestServer();
  const api = call(server);
  const first = await upload(server, `${VIP}?by=user_id&name=VIPs`, 'user_id\nu1\nu2\nu1\n\n');
  expect(first.json()).toEqual({
    list: { id: 'vip', name: { ko: 'VIPs' }, by: 'user_id', version: 1, members: 2 },
    lines: 3,
    duplicates: 1,
    refused: 0,
    firstRefused: [],
    planVersion: 2,
  });
  expect((await api('PUT', '/api/v1/campaigns/welcome', onlyForVips)).statusCode).toBe(200);

  const second = await upload(server, `${VIP}?by=email`, 'kim@example.com\nkim\n');
  expect(second.json()).toMatchObject({
    list: { name: { ko: 'VIPs' }, by: 'email', version: 2, members: 1 },
    refused: 1,
    firstRefused: [{ line: 2, reason: 'is no e-mail address' }],
    planVersion: 4,
  });
  const listed = await api('GET', '/api/v1/lists');
  expect(listed.json().lists).toEqual([
    { list: second.json().list, uploadedAt: expect.stringMatching(/^\d{4}-/) },
  ]);
  expect(routes.listLists.reply.safeParse(listed.json()).error).toBeUndefined();
  expect(routes.uploadList.reply.safeParse(second.json()).error).toBeUndefined();

  const refused = await api('DELETE', '/api/v1/lists/vip');
  expect(refused.statusCode).toBe(422);
  expect(refused.json()).toMatchObject({
    field: 'campaigns.welcome',
    detail: 'It is used by campaign welcome; change that first.',
  });
  await api('DELETE', '/api/v1/campaigns/welcome');
  expect((await api('DELETE', '/api/v1/lists/vip')).json()).toEqual({ planVersion: 6 });
  expect((await api('DELETE', '/api/v1/lists/vip')).statusCode).toBe(404);
  expect((await api('PUT', '/api/v1/campaigns/welcome', onlyForVips)).statusCode).toBe(422);
});

test('the plan in use has the members of the version that it names', async () => {
  const lists = memoryLists(() => 0);
  const server = await openTestServer({ admin: { lists } });
  await upload(server, `${VIP}?by=user_id`, 'u1\n');
  const before = server.plans.get(SHOP).lists.get('vip');
  await upload(server, `${VIP}?by=user_id`, 'u2\nu3\n');
  const after = server.plans.get(SHOP).lists.get('vip');
  expect(before?.members.has('u1')).toBe(true);
  expect(after?.members.has('u1')).toBe(false);
  expect(after?.members.has('u3')).toBe(true);
  // What was replaced is gone, and another change of plan leaves the members where they are.
  const timeOf = await lists.findUploadTimes(SHOP);
  expect(timeOf({ listId: listId.parse('vip'), version: 1 })).toBeUndefined();
  await call(server)('PUT', '/api/v1/campaigns/welcome', onlyForVips);
  expect(server.plans.get(SHOP).lists.get('vip')).toBe(after);
});

test('a definition that does not fit leaves the list as it was, and nothing behind', async () => {
  const lists = memoryLists(() => 0);
  const server = await openTestServer({ admin: { lists } });
  const many = Array.from({ length: 100 }, (_, index) => `list-${index}`);
  for (const id of many) {
    await upload(server, `/api/v1/lists/${id}/members?by=user_id`, 'u1\n');
  }
  const reply = await upload(server, `${VIP}?by=user_id`, 'u1\n');
  expect(reply.statusCode).toBe(422);
  expect(reply.json().field).toBe('lists');
  const timeOf = await lists.findUploadTimes(SHOP);
  expect(many.every((id) => timeOf({ listId: listId.parse(id), version: 1 }) !== undefined)).toBe(
    true,
  );
  expect(timeOf({ listId: listId.parse('vip'), version: 1 })).toBeUndefined();
});

test('an upload may be gzipped, plain text, or in another encoding', async () => {
  const server = await openTestServer();
  const zipped = await upload(server, `${VIP}?by=user_id`, gzipSync('u1\nu2\n'), {
    headers: { 'content-encoding': 'gzip' },
  });
  expect(zipped.json()).toMatchObject({ list: { members: 2 } });
  const plain = await upload(server, `${VIP}?by=user_id`, 'a,b\n', { type: 'text/plain' });
  expect(plain.json()).toMatchObject({ list: { members: 1 } });
  const korean = await upload(server, `${VIP}?by=user_id`, Buffer.from([0xc8, 0xb8, 0xbf, 0xf8]), {
    type: 'text/csv; charset=EUC-KR',
  });
  expect(korean.json()).toMatchObject({ list: { members: 1 } });
  expect(server.plans.get(SHOP).lists.get('vip')?.members.has('회원')).toBe(true);
});

test.each([
  { name: 'no kind', query: '', body: 'u1', status: 400, says: 'by' },
  { name: 'another kind', query: '?by=phone', body: 'u1', status: 400, says: 'by' },
  { name: 'no body', query: '?by=user_id', body: '', status: 400, says: 'empty' },
  {
    name: 'columns without a heading',
    query: '?by=user_id',
    body: 'a,b\n1,2\n',
    status: 400,
    says: 'column=',
  },
])('$name is refused', async ({ query, body, status, says }) => {
  const reply = await upload(await openTestServer(), `${VIP}${query}`, body);
  expect(reply.statusCode).toBe(status);
  expect(reply.body).toContain(says);
});

test.each([
  { name: 'JSON', sent: { type: 'application/json' }, body: '{}', status: 400, says: 'text/csv' },
  {
    name: "curl's own type",
    sent: { type: 'application/x-www-form-urlencoded' },
    body: 'u1',
    status: 400,
    says: 'text/csv',
  },
  {
    name: 'an encoding that is not gzip',
    sent: { headers: { 'content-encoding': 'br' } },
    body: 'u1',
    status: 415,
    says: 'gzip',
  },
  {
    name: 'what only says that it is gzipped',
    sent: { headers: { 'content-encoding': 'gzip' } },
    body: 'u1',
    status: 400,
    says: 'gzip',
  },
  {
    name: 'an unknown charset',
    sent: { type: 'text/csv; charset=klingon' },
    body: 'u1',
    status: 415,
    says: 'klingon',
  },
  {
    name: 'a length over the limit',
    sent: { headers: { 'content-length': String(200 * 1024 * 1024) } },
    body: 'u1',
    status: 413,
    says: '100 MB',
  },
])('$name is refused as the body', async ({ sent, body, status, says }) => {
  const reply = await upload(await openTestServer(), `${VIP}?by=user_id`, body, sent);
  expect(reply.statusCode).toBe(status);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.json().detail).toContain(says);
});

test('what unpacks to more than the limit is refused on the way', async () => {
  const bomb = gzipSync(Buffer.alloc(101 * 1024 * 1024, 'x'));
  expect(bomb.length).toBeLessThan(200_000);
  const reply = await upload(await openTestServer(), `${VIP}?by=user_id`, bomb, {
    headers: { 'content-encoding': 'gzip' },
  });
  expect(reply.statusCode).toBe(413);
}, 60_000);

test('over a real connection, a refusal midway arrives, and the connection goes on', async () => {
  const server = await openTestServer();
  const origin = await server.app.listen({ port: 0, host: '127.0.0.1' });
  const send = (body: string) =>
    fetch(`${origin}${VIP}?by=user_id`, {
      method: 'POST',
      headers: { ...bearer(API_KEYS.both), 'content-type': 'text/csv' },
      body,
    });
  try {
    const refused = await send(`a,b\n${'1,2\n'.repeat(2_000_000)}`);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ field: 'column' });
    const taken = await send(Array.from({ length: 200_000 }, (_, at) => `u${at}`).join('\n'));
    expect(await taken.json()).toMatchObject({ list: { members: 200_000 } });
  } finally {
    await server.app.close();
  }
}, 60_000);

test('a list is uploaded by one caller at a time', async () => {
  const server = await openTestServer();
  const replies = await Promise.all([
    upload(server, `${VIP}?by=user_id`, 'u1\n'),
    upload(server, `${VIP}?by=user_id`, 'u2\n'),
  ]);
  expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 429]);
  expect((await upload(server, `${VIP}?by=user_id`, 'u3\n')).statusCode).toBe(200);
});

test('lists of one workspace are nothing to another', async () => {
  const server = await openTestServer();
  await upload(server, `${VIP}?by=user_id`, 'u1\nu2\n');
  const foreign = call(server, OTHER_API_KEY);
  expect((await foreign('GET', '/api/v1/lists')).json().lists).toEqual([]);
  expect((await foreign('DELETE', '/api/v1/lists/vip')).statusCode).toBe(404);
  await upload(server, `${VIP}?by=email`, 'a@b.kr\n', { key: OTHER_API_KEY });
  const own = await call(server)('GET', '/api/v1/lists');
  expect(own.json().lists).toMatchObject([{ list: { by: 'user_id', members: 2 } }]);
  expect(server.plans.get(SHOP).lists.get('vip')?.members.has('a@b.kr')).toBe(false);
});
