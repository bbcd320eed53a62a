import type { Route } from '@tenth/model/api/route.ts';
import { routes } from '@tenth/model/api.ts';
import {
  type Permission,
  permissions,
  type Role,
  rolePermissions,
} from '@tenth/model/permission.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { describe, expect, test } from 'vitest';
import { codeAt, fromBase32 } from '../../admin/sign-in/totp.ts';
import { API_KEYS, bearer, openTestServer, type TestServer } from '../testing/test-server.ts';

const OWNER = { email: 'owner@shop.example', password: '고양이가 열 마리 있다' };
const PASSWORD = 'a long enough password';
const own = { 'sec-fetch-site': 'same-origin' };

/** One browser, with its cookie. */
class Browser {
  readonly #server: TestServer;
  cookie = '';

  constructor(server: TestServer) {
    this.#server = server;
  }

  async call(method: Route['method'], url: string, payload?: object) {
    const reply = await this.#server.app.inject({
      method,
      url: `/api/v1/${url}`,
      headers: { ...own, cookie: this.cookie },
      ...(payload === undefined ? {} : { payload }),
    });
    const set = reply.headers['set-cookie'];
    if (set !== undefined) {
      this.cookie = String(set).split(';')[0] ?? '';
    }
    return reply;
  }

  async state() {
    return (await this.call('GET', 'session')).json().state as string;
  }
}

async function open() {
  const server = await openTestServer();
  const owner = new Browser(server);
  expect((await owner.call('POST', 'setup', OWNER)).statusCode).toBe(200);
  /** Somebody with that role, signed in. */
  const invite = async (role: Role, email = `${role}@shop.example`) => {
    const { user, token } = (await owner.call('POST', 'users', { email, role })).json();
    const browser = new Browser(server);
    const accepted = await browser.call('POST', 'invitation', { token, password: PASSWORD });
    expect(accepted.statusCode).toBe(200);
    return { browser, id: user.id as string, email };
  };
  return { server, owner, invite };
}

describe('users', () => {
  test('who is invited sets a password by a link that works once', async () => {
    const { server, owner } = await open();
    const invited = await owner.call('POST', 'users', {
      email: 'Min@Shop.Example',
      role: 'analyst',
    });
    const { user, token, path } = invited.json();
    expect(user).toMatchObject({ email: 'min@shop.example', state: 'invited', role: 'analyst' });
    expect(path).toBe(`/console/#invitation=${token}`);
    const browser = new Browser(server);
    expect(await browser.state()).toBe('signed_out');
    await browser.call('POST', 'invitation', { token, password: PASSWORD });
    expect((await browser.call('GET', 'session')).json()).toMatchObject({
      state: 'signed_in',
      user: { email: 'min@shop.example', role: 'analyst', permissions: ['read', 'read_people'] },
    });
    const again = await new Browser(server).call('POST', 'invitation', {
      token,
      password: PASSWORD,
    });
    expect(again.statusCode).toBe(410);
    const { users } = (await owner.call('GET', 'users')).json();
    expect(users).toMatchObject([{ role: 'owner' }, { state: 'active', invitedUntil: null }]);
    expect(JSON.stringify(users)).not.toContain(token);
  });

  test('an invitation runs out after three days', async () => {
    const { server, owner } = await open();
    const invited = await owner.call('POST', 'users', {
      email: 'min@shop.example',
      role: 'analyst',
    });
    const { token } = invited.json();
    server.advance(72 * HOUR_MS);
    const late = await new Browser(server).call('POST', 'invitation', {
      token,
      password: PASSWORD,
    });
    expect(late.statusCode).toBe(410);
  });

  test('a new link lets somebody in who has forgotten the password, and ends the old sessions', async () => {
    const { owner, invite, server } = await open();
    const { browser, id, email } = await invite('marketer');
    const { token } = (await owner.call('POST', `users/${id}/invitation`)).json();
    expect(await browser.state()).toBe('signed_in');
    const next = new Browser(server);
    await next.call('POST', 'invitation', { token, password: 'another long password' });
    expect(await browser.state()).toBe('signed_out');
    const old = await browser.call('POST', 'session', { email, password: PASSWORD });
    expect(old.statusCode).toBe(401);
  });

  test('the last owner can neither go nor become something else', async () => {
    const { owner, invite } = await open();
    const [{ id }] = (await owner.call('GET', 'users')).json().users;
    for (const [method, payload] of [
      ['PATCH', { role: 'analyst' }],
      ['DELETE', undefined],
    ] as const) {
      const refused = await owner.call(method, `users/${id}`, payload);
      expect(refused.json().type).toBe('urn:tenth:problem:last-owner');
    }
    const second = await invite('owner', 'second@shop.example');
    expect((await second.browser.call('DELETE', `users/${id}`)).statusCode).toBe(200);
    expect(await owner.state()).toBe('signed_out');
  });

  test('an address is taken once', async () => {
    const { owner, invite } = await open();
    await invite('analyst');
    const again = { email: 'ANALYST@shop.example', role: 'owner' };
    expect((await owner.call('POST', 'users', again)).statusCode).toBe(409);
  });

  test('a role counts from the next request on', async () => {
    const { owner, invite } = await open();
    const { browser, id } = await invite('analyst');
    expect((await browser.call('GET', 'keys')).statusCode).toBe(403);
    await owner.call('PATCH', `users/${id}`, { role: 'developer' });
    expect((await browser.call('GET', 'keys')).statusCode).toBe(200);
  });
});

const closed = Object.entries<Route>(routes).filter(
  ([, { access }]) => access !== 'public' && access !== 'signed_in',
);

describe.each(['owner', 'marketer', 'analyst', 'developer'] as const)('as %s', (role) => {
  test('each route is open or closed as the table of permissions says', async () => {
    const { owner, invite } = await open();
    const browser = role === 'owner' ? owner : (await invite(role)).browser;
    for (const [name, { method, path, access }] of closed) {
      const url = path
        .replace('/api/v1/', '')
        .replace(':person', 'userId:u1')
        .replace(/:\w+/g, 'nothing-there');
      const reply = await browser.call(method, url);
      const isOpen = rolePermissions[role].includes(access as Permission);
      expect(reply.statusCode === 403, `${name} needs ${access}`).toBe(!isOpen);
    }
  });
});

test.each([
  { role: 'developer', scopes: ['read'], isMade: true },
  { role: 'developer', scopes: ['reports', 'collect'], isMade: true },
  { role: 'developer', scopes: ['write'], isMade: false },
  { role: 'developer', scopes: ['read', 'write'], isMade: false },
  { role: 'owner', scopes: ['read', 'write'], isMade: true },
] as const)('the role $role makes and rotates a key with $scopes: $isMade', async (given) => {
  const { owner, invite } = await open();
  const { role, scopes, isMade } = given;
  const browser = role === 'owner' ? owner : (await invite(role)).browser;
  const asked = { name: 'k', kind: 'api_key', scopes };
  const { key } = (await owner.call('POST', 'keys', asked)).json();
  for (const reply of [
    await browser.call('POST', 'keys', asked),
    await browser.call('POST', `keys/${key.id}/rotate`, {}),
  ]) {
    expect(reply.statusCode).toBe(isMade ? 200 : 403);
    expect(reply.json()).toMatchObject(
      isMade
        ? { key: { scopes } }
        : { type: 'urn:tenth:problem:permission-missing', field: 'scopes' },
    );
  }
});

test('every permission is asked for by a route, except for what the collector asks for', () => {
  const asked = new Set(Object.values<Route>(routes).map(({ access }) => access));
  expect(permissions.filter((one) => !asked.has(one))).toEqual(['collect']);
});

test('no API key can invite anybody or act for somebody who signed in', async () => {
  const { app } = await openTestServer();
  for (const [method, url] of [
    ['GET', '/api/v1/users'],
    ['POST', '/api/v1/users'],
    ['GET', '/api/v1/sessions'],
    ['POST', '/api/v1/session/totp'],
  ] as const) {
    const reply = await app.inject({ method, url, headers: bearer(API_KEYS.both) });
    expect(reply.json().type, url).toBe('urn:tenth:problem:scope-missing');
  }
});

describe('passwords', () => {
  test('an easy one is refused wherever one is set, and the field named', async () => {
    const server = await openTestServer();
    const browser = new Browser(server);
    const refused = await browser.call('POST', 'setup', { ...OWNER, password: 'password123' });
    expect(refused.json()).toMatchObject({
      type: 'urn:tenth:problem:password-weak',
      field: 'password',
    });
    expect(await browser.state()).toBe('setup');
    await browser.call('POST', 'setup', OWNER);
    const next = { current: OWNER.password, next: 'owner-of-the-shop' };
    expect((await browser.call('POST', 'session/password', next)).json()).toMatchObject({
      field: 'next',
    });
  });

  test('a change asks for the present one and ends all other sessions', async () => {
    const { server, owner } = await open();
    const other = new Browser(server);
    await other.call('POST', 'session', OWNER);
    const change = (current: string) =>
      owner.call('POST', 'session/password', { current, next: PASSWORD });
    expect((await change('wrong')).statusCode).toBe(401);
    expect((await change(OWNER.password)).statusCode).toBe(200);
    expect(await owner.state()).toBe('signed_in');
    expect(await other.state()).toBe('signed_out');
    expect((await other.call('POST', 'session', OWNER)).statusCode).toBe(401);
  });

  test('guessing one account from many addresses is slowed down; other accounts go on', async () => {
    const { server, invite } = await open();
    const { email } = await invite('analyst');
    const guess = (at: number, password: string, account = OWNER.email) =>
      server.app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: own,
        remoteAddress: `203.0.113.${at}`,
        payload: { email: account, password },
      });
    const statuses: number[] = [];
    for (let at = 0; at < 32; at += 1) {
      statuses.push((await guess(at, 'wrong')).statusCode);
    }
    expect(statuses.indexOf(429)).toBe(30);
    expect((await guess(99, PASSWORD, email)).statusCode).toBe(200);
    server.advance(HOUR_MS / 4);
    expect((await guess(1, OWNER.password)).statusCode).toBe(200);
  }, 60_000);

  test('an unknown address is answered as a wrong password is', async () => {
    const { server } = await open();
    const reply = (email: string) =>
      new Browser(server).call('POST', 'session', { email, password: 'wrong' });
    const [known, unknown] = [await reply(OWNER.email), await reply('nobody@shop.example')];
    const { requestId: _known, ...said } = known.json();
    expect(unknown.json()).toMatchObject(said);
  });
});

describe('sessions', () => {
  test('signing in gives a new token and ends the session that was there', async () => {
    const { owner } = await open();
    const before = owner.cookie;
    await owner.call('POST', 'session', OWNER);
    expect(owner.cookie).not.toBe(before);
    owner.cookie = before;
    expect(await owner.state()).toBe('signed_out');
  });

  test('one that is not used ends after half a day, one that is used goes on', async () => {
    const { server, owner } = await open();
    const idle = new Browser(server);
    await idle.call('POST', 'session', OWNER);
    for (let hours = 0; hours < 12; hours += 1) {
      server.advance(HOUR_MS);
      expect(await owner.state()).toBe('signed_in');
    }
    expect(await idle.state()).toBe('signed_out');
  });

  test('they are listed, and ended from elsewhere; not those of others', async () => {
    const { server, owner, invite } = await open();
    const other = new Browser(server);
    await other.call('POST', 'session', OWNER);
    const { sessions } = (await owner.call('GET', 'sessions')).json();
    expect(sessions).toHaveLength(2);
    const [elsewhere] = sessions.filter((one: { isCurrent: boolean }) => !one.isCurrent);
    const { browser: stranger } = await invite('analyst');
    expect((await stranger.call('DELETE', `sessions/${elsewhere.id}`)).statusCode).toBe(404);
    expect((await owner.call('DELETE', `sessions/${elsewhere.id}`)).statusCode).toBe(200);
    expect(await other.state()).toBe('signed_out');
    expect(await owner.state()).toBe('signed_in');
  });
});

describe('codes of an authenticator app', () => {
  /** The code that the app shows at this moment after the start of the test server's clock. */
  const codeOf = (secret: string, now: number) =>
    codeAt(fromBase32(secret), Math.floor(now / 30_000));
  const T0 = Date.UTC(2026, 2, 2, 1, 0, 0);

  async function withTotp() {
    const opened = await open();
    const { secret, uri, picture } = (await opened.owner.call('POST', 'session/totp')).json();
    expect(uri).toContain(secret);
    expect(picture).toMatch(/^<svg/);
    const confirmed = await opened.owner.call('PUT', 'session/totp', {
      secret,
      code: codeOf(secret, T0),
    });
    const recoveryCodes = confirmed.json().recoveryCodes as readonly string[];
    opened.server.advance(60_000);
    const signIn = (code?: string) =>
      new Browser(opened.server).call('POST', 'session', { ...OWNER, ...(code && { code }) });
    return { ...opened, secret, recoveryCodes, signIn, now: T0 + 60_000 };
  }

  test('once confirmed they are asked for, and each is taken once', async () => {
    const { secret, signIn, now } = await withTotp();
    expect((await signIn()).json().type).toBe('urn:tenth:problem:code-needed');
    expect((await signIn('000000')).json().type).toBe('urn:tenth:problem:code-wrong');
    expect((await signIn(codeOf(secret, now))).statusCode).toBe(200);
    expect((await signIn(codeOf(secret, now))).statusCode).toBe(401);
  });

  test('a wrong password is told before a code is asked for', async () => {
    const { server } = await withTotp();
    const wrong = { ...OWNER, password: 'wrong' };
    const reply = await new Browser(server).call('POST', 'session', wrong);
    expect(reply.json().type).toBe('urn:tenth:problem:password-wrong');
  });

  test('a recovery code lets in once', async () => {
    const { recoveryCodes, signIn } = await withTotp();
    expect(new Set(recoveryCodes).size).toBe(10);
    const [code = ''] = recoveryCodes;
    expect((await signIn(code.toUpperCase())).statusCode).toBe(200);
    expect((await signIn(code)).statusCode).toBe(401);
  });

  test('a secret counts only once a code of it was confirmed; the password takes it away', async () => {
    const { owner, server } = await open();
    const { secret } = (await owner.call('POST', 'session/totp')).json();
    const wrong = await owner.call('PUT', 'session/totp', { secret, code: '000000' });
    expect(wrong.statusCode).toBe(401);
    expect((await new Browser(server).call('POST', 'session', OWNER)).statusCode).toBe(200);
    await owner.call('PUT', 'session/totp', { secret, code: codeOf(secret, T0) });
    expect((await owner.call('DELETE', 'session/totp', { password: 'x' })).statusCode).toBe(401);
    const { password } = OWNER;
    expect((await owner.call('DELETE', 'session/totp', { password })).statusCode).toBe(200);
    expect((await new Browser(server).call('POST', 'session', OWNER)).statusCode).toBe(200);
  });

  test('one that is there is not changed for another without the password', async () => {
    const { owner, server, secret, signIn, now } = await withTotp();
    // Of somebody who has the session alone.
    const stolen = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
    const refused = await owner.call('PUT', 'session/totp', {
      secret: stolen,
      code: codeOf(stolen, now),
    });
    expect(refused.statusCode).toBe(409);
    expect(refused.json().type).toBe('urn:tenth:problem:totp-set-already');
    const started = await owner.call('POST', 'session/totp');
    expect(started.json().type).toBe('urn:tenth:problem:totp-set-already');
    server.advance(60_000);
    expect((await signIn(codeOf(stolen, now + 60_000))).statusCode).toBe(401);
    expect((await signIn(codeOf(secret, now + 60_000))).statusCode).toBe(200);
  });
});
