import { HOUR_MS } from '@tenth/model/time.ts';
import { describe, expect, test } from 'vitest';
import {
  API_KEYS,
  basic,
  bearer,
  OTHER_API_KEY,
  openTestServer,
  type TestServer,
} from '../testing/test-server.ts';

const api = (
  { app }: TestServer,
  method: 'GET' | 'POST' | 'PATCH',
  url: string,
  payload?: object,
) =>
  app.inject({
    method,
    url,
    headers: bearer(API_KEYS.both),
    ...(payload === undefined ? {} : { payload }),
  });

async function createKey(server: TestServer, given: object) {
  const reply = await api(server, 'POST', '/api/v1/keys', { name: 'k', ...given });
  expect(reply.statusCode).toBe(200);
  return reply.json() as { readonly key: { readonly id: string }; readonly secret: string };
}

const read = async ({ app }: TestServer, secret: string, url = '/api/v1/campaigns') =>
  (await app.inject({ url, headers: bearer(secret) })).statusCode;

const track = ({ app }: TestServer, headers: Readonly<Record<string, string>>) =>
  app.inject({
    method: 'POST',
    url: '/v1/page',
    headers: { 'content-type': 'application/json', ...headers },
    payload: JSON.stringify({ anonymousId: 'a1' }),
  });

test('a key that runs out stops working by itself', async () => {
  const server = await openTestServer();
  const { secret } = await createKey(server, { kind: 'api_key', expiresInDays: 1 });
  server.advance(23 * HOUR_MS);
  expect(await read(server, secret)).toBe(200);
  server.advance(HOUR_MS);
  expect(await read(server, secret)).toBe(401);
});

test('a rotated key works under both secrets for a while, then under the new one alone', async () => {
  const server = await openTestServer();
  const { key, secret } = await createKey(server, { kind: 'api_key' });
  const rotated = await api(server, 'POST', `/api/v1/keys/${key.id}/rotate`, { graceHours: 2 });
  const next = rotated.json().secret as string;
  expect(next).not.toBe(secret);
  expect(await read(server, secret)).toBe(200);
  expect(await read(server, next)).toBe(200);
  server.advance(2 * HOUR_MS);
  expect(await read(server, secret)).toBe(401);
  expect(await read(server, next)).toBe(200);
  const { keys } = (await api(server, 'GET', '/api/v1/keys')).json();
  expect(keys).toContainEqual(expect.objectContaining({ id: key.id, previousUntil: null }));
});

test('without grace the old secret ends at once, also that of a write key in use', async () => {
  const server = await openTestServer();
  const { key, secret } = await createKey(server, { kind: 'write_key' });
  expect((await track(server, basic(secret))).statusCode).toBe(200);
  const rotated = await api(server, 'POST', `/api/v1/keys/${key.id}/rotate`, { graceHours: 0 });
  expect((await track(server, basic(secret))).statusCode).toBe(401);
  expect((await track(server, basic(rotated.json().secret))).statusCode).toBe(200);
});

test('a key of another workspace can be neither rotated nor changed', async () => {
  const server = await openTestServer();
  const { key } = await createKey(server, { kind: 'write_key' });
  for (const [method, path] of [
    ['POST', '/rotate'],
    ['PATCH', ''],
  ] as const) {
    const reply = await server.app.inject({
      method,
      url: `/api/v1/keys/${key.id}${path}`,
      headers: bearer(OTHER_API_KEY),
      payload: {},
    });
    expect(reply.statusCode).toBe(404);
  }
});

test('a write key with origins is used by pages of these alone, and by servers', async () => {
  const server = await openTestServer();
  const { key, secret } = await createKey(server, {
    kind: 'write_key',
    origins: ['https://shop.example'],
  });
  const from = (origin: string) => track(server, { ...basic(secret), origin });
  expect((await from('https://shop.example')).statusCode).toBe(200);
  const refused = await from('https://evil.example');
  expect(refused.statusCode).toBe(403);
  expect(refused.json().type).toBe('urn:tenth:problem:origin-not-allowed');
  expect((await from('null')).statusCode).toBe(403);
  expect((await track(server, basic(secret))).statusCode).toBe(200);

  await api(server, 'PATCH', `/api/v1/keys/${key.id}`, { origins: [] });
  expect((await from('https://evil.example')).statusCode).toBe(200);
});

test.each([
  { kind: 'write_key', origins: ['https://shop.example/page'] },
  { kind: 'write_key', origins: ['shop.example'] },
  { kind: 'write_key', origins: ['javascript:alert(1)'] },
  { kind: 'api_key', origins: ['https://shop.example'] },
])('$kind with $origins is refused, and the field named', async (given) => {
  const server = await openTestServer();
  const reply = await api(server, 'POST', '/api/v1/keys', { name: 'k', ...given });
  expect(reply.statusCode).toBe(400);
  expect(reply.json().field).toMatch(/^origins/);
});

test('narrow scopes do what they say, and nothing else', async () => {
  const server = await openTestServer();
  const reports = await createKey(server, { kind: 'api_key', scopes: ['reports'] });
  expect(await read(server, reports.secret)).toBe(200);
  expect(await read(server, reports.secret, '/api/v1/people')).toBe(403);
  expect((await track(server, bearer(reports.secret))).statusCode).toBe(403);

  const collect = await createKey(server, { kind: 'api_key', scopes: ['collect'] });
  expect((await track(server, bearer(collect.secret))).statusCode).toBe(200);
  expect(server.collected.at(-1)).toMatchObject({ isTrusted: true });
  expect(await read(server, collect.secret)).toBe(403);
});

test('the last use of both kinds of keys is written down', async () => {
  const server = await openTestServer();
  const page = await createKey(server, { kind: 'write_key' });
  const script = await createKey(server, { kind: 'api_key' });
  await track(server, basic(page.secret));
  await read(server, script.secret);
  const { keys } = (await api(server, 'GET', '/api/v1/keys')).json();
  for (const { id } of [page.key, script.key]) {
    expect(keys).toContainEqual(
      expect.objectContaining({ id, lastUsedAt: expect.stringMatching(/^2026-03-02T/) }),
    );
  }
});

describe('a key does no more than who makes it', () => {
  const create = ({ app }: TestServer, secret: string, scopes: readonly string[]) =>
    app.inject({
      method: 'POST',
      url: '/api/v1/keys',
      headers: bearer(secret),
      payload: { name: 'k', kind: 'api_key', scopes },
    });

  test.each([
    { scopes: ['read'], isMade: false },
    { scopes: ['reports'], isMade: false },
    { scopes: ['write', 'read'], isMade: false },
    { scopes: ['write'], isMade: true },
    { scopes: ['collect'], isMade: true },
    { scopes: [], isMade: true },
  ])('a key that writes makes one with $scopes: $isMade', async ({ scopes, isMade }) => {
    const server = await openTestServer();
    const reply = await create(server, API_KEYS.write, scopes);
    expect(reply.statusCode).toBe(isMade ? 200 : 403);
    if (!isMade) {
      expect(reply.json()).toMatchObject({
        type: 'urn:tenth:problem:scope-missing',
        field: 'scopes',
      });
    }
  });

  test('nor is one taken over by giving it a new secret', async () => {
    const server = await openTestServer();
    const { key, secret } = await createKey(server, { kind: 'api_key', scopes: ['read', 'write'] });
    const rotate = (id: string) =>
      server.app.inject({
        method: 'POST',
        url: `/api/v1/keys/${id}/rotate`,
        headers: bearer(API_KEYS.write),
        payload: { graceHours: 0 },
      });
    const refused = await rotate(key.id);
    expect(refused.statusCode).toBe(403);
    expect(refused.json()).toMatchObject({
      type: 'urn:tenth:problem:scope-missing',
      field: 'scopes',
    });
    expect(await read(server, secret)).toBe(200);
    expect((await rotate(API_KEYS.write)).statusCode).toBe(200);
  });

  test('a write key stands in the page, so whoever may make keys makes and rotates it', async () => {
    const server = await openTestServer();
    const made = await server.app.inject({
      method: 'POST',
      url: '/api/v1/keys',
      headers: bearer(API_KEYS.write),
      payload: { name: 'k', kind: 'write_key', scopes: ['read', 'write'] },
    });
    expect(made.json().key.scopes).toEqual([]);
    const rotated = await server.app.inject({
      method: 'POST',
      url: `/api/v1/keys/${made.json().key.id}/rotate`,
      headers: bearer(API_KEYS.write),
      payload: {},
    });
    expect(rotated.statusCode).toBe(200);
  });
});
