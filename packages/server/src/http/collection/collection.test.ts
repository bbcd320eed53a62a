import { deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { basic, openTestServer, SHOP, WRITE_KEY } from '../testing/test-server.ts';
import { endpoints } from './endpoints.ts';

const event = { anonymousId: 'a1', event: 'Product Viewed' };
const jsonHeaders = { 'content-type': 'application/json', ...basic(`${WRITE_KEY}:`) };
const json = (value: unknown) => JSON.stringify(value);

const authForms = [
  { name: 'Basic with the colon', headers: basic(`${WRITE_KEY}:`), body: event, path: '/v1/track' },
  { name: 'Basic without it', headers: basic(WRITE_KEY), body: event, path: '/v1/track' },
  {
    name: 'in the body',
    headers: {},
    body: { ...event, writeKey: WRITE_KEY },
    path: '/v1/track',
  },
  {
    name: 'in the body, beside a bearer token',
    headers: { authorization: 'Bearer something' },
    body: { ...event, writeKey: WRITE_KEY },
    path: '/v1/track',
  },
  {
    name: 'in the query, as of a beacon',
    headers: {},
    body: { batch: [event] },
    path: `/beacon/v1/batch?writeKey=${WRITE_KEY}`,
  },
];

test.each(authForms)('a write key is taken $name', async ({ headers, body, path }) => {
  const { app, collected } = await openTestServer();
  const reply = await app.inject({
    method: 'POST',
    url: path,
    headers: { 'content-type': 'application/json', ...headers },
    payload: json(body),
  });
  expect(reply.statusCode).toBe(200);
  expect(reply.json()).toEqual({ success: true });
  expect(collected[0]?.workspaceId).toBe(SHOP);
});

test.each([
  { name: 'none', headers: {}, code: 'write-key-missing' },
  { name: 'an empty one', headers: basic(':'), code: 'write-key-missing' },
  { name: 'an unknown one', headers: basic('nobody:'), code: 'write-key-unknown' },
  { name: 'no Base64', headers: { authorization: 'Basic %%%' }, code: 'write-key-missing' },
])('with $name as write key nothing is taken', async ({ headers, code }) => {
  const { app, collected } = await openTestServer();
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: { 'content-type': 'application/json', ...headers },
    payload: json(event),
  });
  expect(reply.statusCode).toBe(401);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.json()).toMatchObject({ type: `urn:tenth:problem:${code}`, status: 401 });
  expect(collected).toHaveLength(0);
});

test.each(endpoints.flatMap(({ path, aliases }) => [path, ...aliases]))(
  '%s takes events, and any page may send them there',
  async (path) => {
    const { app, collected } = await openTestServer();
    const preflight = await app.inject({
      method: 'OPTIONS',
      url: path,
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,anonymousid',
      },
    });
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe('*');
    expect(preflight.headers['access-control-allow-headers']).toContain('anonymousid');
    expect(preflight.headers['access-control-allow-credentials']).toBeUndefined();

    const reply = await app.inject({
      method: 'POST',
      url: path,
      headers: { ...jsonHeaders, origin: 'https://shop.example' },
      payload: json(event),
    });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['access-control-allow-origin']).toBe('*');
    expect(collected).toHaveLength(1);
  },
);

test('the path names the type; decide takes one event or a batch', async () => {
  const { app, collected } = await openTestServer();
  for (const [url, body] of [
    ['/v1/p', event],
    ['/v1/batch', { batch: [event] }],
    ['/v1/decide', { ...event, type: 'track' }],
    ['/v1/decide', { batch: [event] }],
  ] as const) {
    await app.inject({ method: 'POST', url, headers: jsonHeaders, payload: json(body) });
  }
  expect(collected.map(({ call, isDecide }) => [call, isDecide])).toEqual([
    ['page', false],
    ['batch', false],
    ['any', true],
    ['batch', true],
  ]);
});

test.each([
  { type: 'text/plain' },
  { type: 'text/plain;charset=UTF-8' },
  { type: 'application/json; charset=utf-8' },
  { type: 'application/octet-stream' },
])('a body is JSON also as $type', async ({ type }) => {
  const { app } = await openTestServer();
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: { 'content-type': type, ...basic(WRITE_KEY) },
    payload: json(event),
  });
  expect(reply.statusCode).toBe(200);
});

test('a body without a content type is JSON too', async () => {
  const { app } = await openTestServer();
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: basic(WRITE_KEY),
    payload: Buffer.from(json(event)),
  });
  expect(reply.statusCode).toBe(200);
});

test.each([
  { encoding: 'gzip', payload: gzipSync(json(event)) },
  { encoding: 'deflate', payload: deflateSync(json(event)) },
  { encoding: 'identity', payload: Buffer.from(json(event)) },
])('a body may come as $encoding', async ({ encoding, payload }) => {
  const { app, collected } = await openTestServer();
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: { ...jsonHeaders, 'content-encoding': encoding },
    payload,
  });
  expect(reply.statusCode).toBe(200);
  expect(collected[0]?.body).toEqual(event);
  expect(collected[0]?.bodyBytes).toBe(json(event).length);
});

const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

test.each([
  { name: 'no JSON', payload: '{"event":', status: 400, code: 'body-not-json' },
  { name: 'nothing', payload: '', status: 400, code: 'body-not-json' },
  { name: 'invalid UTF-8', payload: Buffer.from([0xff, 0xfe]), status: 400, code: 'body-not-json' },
  { name: 'a list', payload: '[]', status: 400, code: 'body-invalid' },
  { name: 'a number', payload: '1e999', status: 400, code: 'body-invalid' },
  { name: 'null', payload: 'null', status: 400, code: 'body-invalid' },
  { name: 'nesting without end', payload: nested(100_000), status: 400, code: 'body-too-deep' },
  { name: '10 MB', payload: `"${'x'.repeat(10_000_000)}"`, status: 413, code: 'body-too-large' },
])('a body of $name is refused as $code', async ({ payload, status, code }) => {
  const { app, collected } = await openTestServer();
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: jsonHeaders,
    payload,
  });
  expect(reply.statusCode).toBe(status);
  expect(reply.json()).toMatchObject({ type: `urn:tenth:problem:${code}` });
  expect(reply.json().requestId).toEqual(expect.any(String));
  expect(reply.headers['access-control-allow-origin']).toBe('*');
  expect(collected).toHaveLength(0);
});

test('a small body that unpacks to 100 MB is refused at the limit', async () => {
  const { app } = await openTestServer();
  const payload = gzipSync(Buffer.alloc(100_000_000, 0x20));
  expect(payload.length).toBeLessThan(200_000);
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/batch',
    headers: { ...jsonHeaders, 'content-encoding': 'gzip' },
    payload,
  });
  expect(reply.statusCode).toBe(413);
});

test.each([
  { encoding: 'gzip', payload: Buffer.from('plain'), status: 400, code: 'body-not-json' },
  { encoding: 'zstd', payload: Buffer.from('{}'), status: 415, code: 'encoding-unsupported' },
  {
    encoding: 'constructor',
    payload: Buffer.from('{}'),
    status: 415,
    code: 'encoding-unsupported',
  },
])('a wrong $encoding encoding is $code', async ({ encoding, payload, status, code }) => {
  const { app } = await openTestServer();
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: { ...jsonHeaders, 'content-encoding': encoding },
    payload,
  });
  expect(reply.statusCode).toBe(status);
  expect(reply.json().type).toBe(`urn:tenth:problem:${code}`);
});

test('where none of the events was taken the reply is 400 and says which field', async () => {
  const rejected = [{ index: 0, field: 'event', reason: 'give the name' }];
  const { app } = await openTestServer({ collect: async () => ({ success: false, rejected }) });
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: jsonHeaders,
    payload: '{}',
  });
  expect(reply.statusCode).toBe(400);
  expect(reply.json()).toEqual({ success: false, rejected });
});

test('an error inside says nothing of the inside', async () => {
  const { app } = await openTestServer({
    collect: () => Promise.reject(new Error('relation "profiles" does not exist at 10.0.0.7')),
  });
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track',
    headers: jsonHeaders,
    payload: json(event),
  });
  expect(reply.statusCode).toBe(500);
  expect(reply.body).not.toContain('profiles');
  expect(reply.json()).toMatchObject({ type: 'urn:tenth:problem:internal', status: 500 });
});

test('a revoked write key is refused at once', async () => {
  const { app } = await openTestServer();
  const send = () =>
    app.inject({ method: 'POST', url: '/v1/track', headers: jsonHeaders, payload: json(event) });
  expect((await send()).statusCode).toBe(200);
  const revoked = await app.inject({
    method: 'DELETE',
    url: `/api/v1/keys/${WRITE_KEY}`,
    headers: { authorization: 'Bearer api-key-of-shop' },
  });
  expect(revoked.statusCode).toBe(200);
  expect((await send()).statusCode).toBe(401);
});
