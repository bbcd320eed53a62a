import type { InjectOptions } from 'fastify';
import { expect, test } from 'vitest';
import { openTestServer, type TestServer } from '../testing/test-server.ts';

const PASSWORD = '고양이가 열 마리 있다';
const own = { 'sec-fetch-site': 'same-origin' };

async function setUp(server: TestServer): Promise<string> {
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/v1/setup',
    headers: own,
    payload: { password: PASSWORD },
  });
  expect(reply.statusCode).toBe(200);
  return cookieOf(reply.headers['set-cookie']);
}

function cookieOf(header: string | string[] | undefined): string {
  return String(header).split(';')[0] ?? '';
}

const signIn = (server: TestServer, password: string, more: InjectOptions = {}) =>
  server.app.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: own,
    payload: { password },
    ...more,
  });

const stateOf = async (server: TestServer, cookie = '') =>
  (await server.app.inject({ url: '/api/v1/session', headers: { cookie } })).json().state;

test('the first visit sets the password; after that it is asked for', async () => {
  const server = await openTestServer();
  expect(await stateOf(server)).toBe('setup');
  const cookie = await setUp(server);
  expect(await stateOf(server, cookie)).toBe('signed_in');
  expect(await stateOf(server)).toBe('signed_out');

  const again = await server.app.inject({
    method: 'POST',
    url: '/api/v1/setup',
    headers: own,
    payload: { password: 'another password' },
  });
  expect(again.statusCode).toBe(409);
  expect((await signIn(server, 'wrong password')).statusCode).toBe(401);
  // Hangul typed on a Mac comes decomposed.
  expect((await signIn(server, PASSWORD.normalize('NFD'))).statusCode).toBe(200);
});

test('signing out ends the session on the server too', async () => {
  const server = await openTestServer();
  const cookie = await setUp(server);
  await server.app.inject({
    method: 'DELETE',
    url: '/api/v1/session',
    headers: { ...own, cookie },
  });
  expect(await stateOf(server, cookie)).toBe('signed_out');
});

test('a session ends after a week', async () => {
  const server = await openTestServer();
  const cookie = await setUp(server);
  server.advance(7 * 24 * 3_600_000);
  expect(await stateOf(server, cookie)).toBe('signed_out');
});

test('the cookie is out of reach of scripts and of other sites', async () => {
  const server = await openTestServer();
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/v1/setup',
    headers: own,
    payload: { password: PASSWORD },
  });
  const header = String(reply.headers['set-cookie']);
  expect(header).toContain('HttpOnly');
  expect(header).toContain('SameSite=Strict');
  expect(header).not.toContain('Secure');
});

test('where browsers come by https, the cookie goes over https alone, whatever proxy stands before', async () => {
  const server = await openTestServer({ publicUrl: 'https://tenth.example.com' });
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/v1/setup',
    headers: own,
    payload: { password: PASSWORD },
  });
  expect(String(reply.headers['set-cookie'])).toMatch(
    /^__Host-tenth_session=.*Path=\/; .*; Secure$/,
  );
  expect(await stateOf(server, cookieOf(reply.headers['set-cookie']))).toBe('signed_in');
});

test.each([
  { headers: { 'sec-fetch-site': 'cross-site' }, allowed: false },
  { headers: { 'sec-fetch-site': 'same-site' }, allowed: false },
  { headers: { origin: 'https://evil.example' }, allowed: false },
  { headers: { origin: 'null' }, allowed: false },
  { headers: { 'sec-fetch-site': 'same-origin' }, allowed: true },
  { headers: { origin: 'http://tenth.example:4800' }, allowed: true },
  { headers: {}, allowed: true },
])('with the cookie, a change from $headers is allowed: $allowed', async (given) => {
  const server = await openTestServer();
  const cookie = await setUp(server);
  const reply = await server.app.inject({
    method: 'POST',
    url: '/api/v1/keys',
    headers: { host: 'tenth.example:4800', cookie, ...given.headers },
    payload: { name: 'k', kind: 'write_key' },
  });
  expect(reply.statusCode).toBe(given.allowed ? 200 : 403);
});

test('another site can neither set the password nor sign anybody in', async () => {
  const server = await openTestServer();
  for (const url of ['/api/v1/setup', '/api/v1/session']) {
    const reply = await server.app.inject({
      method: 'POST',
      url,
      headers: { 'sec-fetch-site': 'cross-site' },
      payload: { password: PASSWORD },
    });
    expect(reply.statusCode).toBe(403);
  }
  expect(await stateOf(server)).toBe('setup');
});

test('administration answers no page of another origin', async () => {
  const server = await openTestServer();
  const reply = await server.app.inject({
    url: '/api/v1/session',
    headers: { origin: 'https://evil.example' },
  });
  expect(reply.headers['access-control-allow-origin']).toBeUndefined();
});

test('guessing is slowed down, and not for ever', async () => {
  const server = await openTestServer();
  await setUp(server);
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    statuses.push((await signIn(server, `guess ${attempt}`)).statusCode);
  }
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(statuses.slice(10)).toEqual([429, 429]);
  expect((await signIn(server, PASSWORD)).statusCode).toBe(429);
  expect((await signIn(server, PASSWORD, { remoteAddress: '10.1.1.1' })).statusCode).toBe(200);
  server.advance(15 * 60_000);
  expect((await signIn(server, PASSWORD)).statusCode).toBe(200);
}, 60_000);
