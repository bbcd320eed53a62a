import { afterAll, beforeAll, expect, test } from 'vitest';
import { OidcClient } from '../../admin/sign-in/oidc.ts';
import {
  CLIENT,
  openProvider,
  type TestProvider,
} from '../../admin/sign-in/testing/oidc-provider.ts';
import { openTestServer, type TestServer } from '../testing/test-server.ts';

const PUBLIC_URL = 'https://tenth.shop.example';
const CALLBACK = `${PUBLIC_URL}/api/v1/session/oidc/callback`;
const OWNER = { email: 'ann@shop.example', password: '고양이가 열 마리 있다' };
const own = { 'sec-fetch-site': 'same-origin' };

let provider: TestProvider;

beforeAll(async () => {
  provider = await openProvider(CALLBACK);
});
afterAll(() => provider.close());

async function open(): Promise<TestServer> {
  const oidc = new OidcClient({ issuer: provider.issuer, ...CLIENT });
  const server = await openTestServer({ publicUrl: PUBLIC_URL, admin: { oidc } });
  const setUp = { method: 'POST', url: '/api/v1/setup', headers: own, payload: OWNER } as const;
  expect((await server.app.inject(setUp)).statusCode).toBe(200);
  return server;
}

const cookieOf = (header: string | string[] | number | undefined, name: string) =>
  [header]
    .flat()
    .map((one) => String(one).split(';')[0] ?? '')
    .find((one) => one.startsWith(`${name}=`)) ?? '';

/** Leaves for the provider, signs in there, and comes back to the door with a code. */
async function leave({ app }: TestServer) {
  const start = await app.inject({ url: '/api/v1/session/oidc' });
  expect(start.statusCode).toBe(302);
  const kept = cookieOf(start.headers['set-cookie'], 'tenth_oidc');
  const jar = new Map<string, string>();
  let next = String(start.headers.location);
  const asked = new URL(next).searchParams;
  for (let step = 0; step < 8 && !next.startsWith(CALLBACK); step += 1) {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const set of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (set.split(';')[0] ?? '').split('=');
      jar.set(name, value);
    }
    next = new URL(reply.headers.get('location') ?? '', next).href;
  }
  expect(next).toMatch(/\?code=/);
  return { asked, kept, back: next.slice(PUBLIC_URL.length) };
}

const comeBack = ({ app }: TestServer, url: string, cookie: string) =>
  app.inject({ url, headers: { cookie } });

async function stateOf({ app }: TestServer, cookie: string) {
  return (await app.inject({ url: '/api/v1/session', headers: { cookie } })).json();
}

test('who has an account is signed in by the address that the provider verified', async () => {
  const server = await open();
  const { asked, kept, back } = await leave(server);
  expect(asked.get('code_challenge_method')).toBe('S256');
  const reply = await comeBack(server, back, kept);
  expect(reply.headers.location).toBe('/console/');
  const session = cookieOf(reply.headers['set-cookie'], '__Host-tenth_session');
  expect(await stateOf(server, session)).toMatchObject({
    state: 'signed_in',
    hasOidc: true,
    user: { email: OWNER.email, role: 'owner' },
  });
});

test('a code is good once, for the browser that left, and under its own state', async () => {
  const server = await open();
  const first = await leave(server);
  const second = await leave(server);
  const failed = '/console/#sign-in-failed=provider-refused';
  const forged = first.back.replace(/state=[^&]+/, 'state=0123456789abcdef0123');
  for (const [url, cookie] of [
    [first.back, ''],
    [first.back, 'tenth_oidc=e30'],
    [first.back, second.kept],
    [forged, first.kept],
  ] as const) {
    const reply = await comeBack(server, url, cookie);
    expect(reply.headers.location).toBe(failed);
    expect(cookieOf(reply.headers['set-cookie'], '__Host-tenth_session')).toBe('');
  }
  expect((await comeBack(server, second.back, second.kept)).headers.location).toBe('/console/');
  expect((await comeBack(server, second.back, second.kept)).headers.location).toBe(failed);
});

test('who has no account, or an address that nobody verified, stays outside', async () => {
  const server = await open();
  try {
    provider.signedIn = 'stranger';
    const unknown = await leave(server);
    const reply = await comeBack(server, unknown.back, unknown.kept);
    expect(reply.headers.location).toBe('/console/#sign-in-failed=user-unknown');
    provider.signedIn = 'ann';
    provider.isEmailVerified = false;
    const unverified = await leave(server);
    const refused = await comeBack(server, unverified.back, unverified.kept);
    expect(refused.headers.location).toBe('/console/#sign-in-failed=provider-refused');
  } finally {
    provider.signedIn = 'ann';
    provider.isEmailVerified = true;
  }
});

test('a provider that is away is told, and asked again by the next one', async () => {
  const oidc = new OidcClient({ issuer: 'http://127.0.0.1:1', ...CLIENT });
  const { app } = await openTestServer({ admin: { oidc } });
  const away = await app.inject({ url: '/api/v1/session/oidc' });
  expect(away.headers.location).toBe('/console/#sign-in-failed=provider-unavailable');
});

test('without a provider there is no such door', async () => {
  const { app } = await openTestServer();
  expect((await app.inject({ url: '/api/v1/session/oidc' })).statusCode).toBe(404);
});
