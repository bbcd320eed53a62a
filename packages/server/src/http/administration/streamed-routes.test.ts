import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { newProfile } from '@tenth/engine/profile.ts';
import { aCampaign, aProfileId, T0 } from '@tenth/engine/testing/builders.ts';
import type { Route } from '@tenth/model/api/route.ts';
import {
  type StreamedRoute,
  type StreamedRouteName,
  streamedRoutes,
} from '@tenth/model/api/streamed-routes.ts';
import { routes } from '@tenth/model/api.ts';
import {
  permissionsOfScopes,
  type Role,
  rolePermissions,
  roles,
  type Scope,
  scopes,
} from '@tenth/model/permission.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { AdminDeps } from '../../admin/admin.ts';
import { OidcClient } from '../../admin/sign-in/oidc.ts';
import { API_KEYS, bearer, openTestServer, SHOP, type TestServer } from '../testing/test-server.ts';

const OWNER = { email: 'owner@shop.example', password: '고양이가 열 마리 있다' };
const PASSWORD = 'a long enough password';
const own = { 'sec-fetch-site': 'same-origin' };

const nothing = async function* () {};
const admin: Partial<AdminDeps> = {
  previews: { run: async () => nothing() },
  simulations: { run: async () => nothing() },
  personExports: { run: nothing },
};
const people = [
  {
    workspaceId: SHOP,
    profile: newProfile(aProfileId(), T0),
    identifiers: [{ kind: 'user_id', value: 'u1' }],
  },
] as const;

const bodies: Readonly<Record<StreamedRouteName, object | undefined>> = {
  streamEvents: undefined,
  previewSegment: { condition: { kind: 'trait', name: 'city', test: { op: 'is', value: 'x' } } },
  simulate: { campaign: aCampaign({ id: 'draft' }) },
  exportPerson: undefined,
};

// The keys of `streamedRoutes` are its names.
const all = Object.entries<StreamedRoute>(streamedRoutes) as [StreamedRouteName, StreamedRoute][];

let closing: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  vi.useRealTimers();
  await closing?.();
  closing = undefined;
});

async function open() {
  const server = await openTestServer({ admin, people });
  closing = () => server.app.close();
  const origin = await server.app.listen({ port: 0, host: '127.0.0.1' });
  const call = ([name, { method, path }]: (typeof all)[number], headers: Record<string, string>) =>
    fetch(origin + path.replace(':person', `profileId:${aProfileId()}`), {
      method,
      headers: {
        ...headers,
        ...(bodies[name] === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(bodies[name] === undefined ? {} : { body: JSON.stringify(bodies[name]) }),
    });
  /** Its status and what kind of problem it is; the rest is not waited for. */
  const ask = async (route: (typeof all)[number], headers: Record<string, string>) => {
    const reply = await call(route, headers);
    const problem =
      reply.status < 400 ? undefined : ((await reply.json()) as { type: string }).type;
    await reply.body?.cancel().catch(() => undefined);
    return [reply.status, problem];
  };
  return { server, call, ask };
}

async function signIn({ app }: TestServer, role: Role): Promise<{ id: string; cookie: string }> {
  const cookieOf = (header: unknown) => String(header).split(';')[0] ?? '';
  const send = (url: string, payload: object, cookie = '') =>
    app.inject({ method: 'POST', url: `/api/v1/${url}`, headers: { ...own, cookie }, payload });
  const cookie = cookieOf((await send('setup', OWNER)).headers['set-cookie']);
  const invited = await send('users', { email: `a-${role}@shop.example`, role }, cookie);
  const { user, token } = invited.json();
  const accepted = await send('invitation', { token, password: PASSWORD });
  return { id: user.id, cookie: cookieOf(accepted.headers['set-cookie']) };
}

describe('a route outside the registry', () => {
  test.each(roles)(
    'is open or closed to the role %s as the table of permissions says',
    async (role) => {
      const { server, ask } = await open();
      const { cookie } = await signIn(server, role);
      for (const route of all) {
        const isOpen = route[1].needs.every((one) => rolePermissions[role].includes(one));
        expect([route[0], ...(await ask(route, { ...own, cookie }))]).toEqual(
          isOpen
            ? [route[0], 200, undefined]
            : [route[0], 403, 'urn:tenth:problem:permission-missing'],
        );
      }
    },
  );

  test.each([...scopes, 'both'] as const)(
    'is open or closed to a key with the scope %s alike',
    async (name) => {
      const { ask } = await open();
      const granted: readonly Scope[] = name === 'both' ? ['read', 'write'] : [name];
      for (const route of all) {
        const isOpen = route[1].needs.every((one) => permissionsOfScopes(granted).has(one));
        expect([route[0], ...(await ask(route, bearer(API_KEYS[name])))]).toEqual(
          isOpen ? [route[0], 200, undefined] : [route[0], 403, 'urn:tenth:problem:scope-missing'],
        );
      }
    },
  );

  test('reveals people, so that figures alone never open one; taking along takes more than looking', () => {
    for (const [name, { needs }] of all) {
      expect(needs, name).toContain('read_people');
    }
    expect(streamedRoutes.exportPerson.needs).toContain('write_people');
  });

  test('takes no request that another site made the browser send', async () => {
    const { server, ask } = await open();
    const { cookie } = await signIn(server, 'owner');
    const posts = all.filter(([, { method }]) => method === 'POST');
    expect(posts.length).toBeGreaterThan(0);
    for (const route of posts) {
      expect(await ask(route, { 'sec-fetch-site': 'cross-site', cookie })).toEqual([
        403,
        'urn:tenth:problem:not-same-origin',
      ]);
    }
  });
});

test('what is served under /api/v1 is in the registry, among the streamed routes, or a way to the provider', async () => {
  const served = new Set<string>();
  const watch = (message: unknown) => {
    const { fastify } = message as { fastify: TestServer['app'] };
    fastify.addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) {
        if (url.startsWith('/api/v1/') && one !== 'HEAD' && one !== 'OPTIONS') {
          served.add(`${one} ${url}`);
        }
      }
    });
  };
  subscribe('fastify.initialization', watch);
  const oidc = new OidcClient({ issuer: 'http://127.0.0.1:1', clientId: 'x', clientSecret: 'x' });
  const { app } = await openTestServer({ admin: { oidc } });
  closing = () => app.close();
  unsubscribe('fastify.initialization', watch);
  const known = [...Object.values<Route>(routes), ...Object.values<StreamedRoute>(streamedRoutes)];
  // Who comes by them is signed in only afterwards; oidc.test.ts has them.
  const toProvider = ['GET /api/v1/session/oidc', 'GET /api/v1/session/oidc/callback'];
  expect([...served].sort()).toEqual(
    [...known.map(({ method, path }) => `${method} ${path}`), ...toProvider].sort(),
  );
});

describe('a stream of events that is open', () => {
  const stream = ['streamEvents', streamedRoutes.streamEvents] as const;

  /** Lets the server ask whether its readers may go on. */
  async function openStream(headersOf: (server: TestServer) => Promise<Record<string, string>>) {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { server, call } = await open();
    const headers = await headersOf(server);
    const reply = await call([...stream], headers);
    const reader = reply.body?.getReader();
    const decoder = new TextDecoder();
    const read = async () => decoder.decode((await reader?.read())?.value);
    expect(await read()).toContain('retry');
    const beat = async () => {
      vi.advanceTimersByTime(15_000);
      return read();
    };
    return { server, headers, beat };
  }

  test('ends for a user who was removed', async () => {
    let userId = '';
    const { server, beat } = await openStream(async (opened) => {
      const { id, cookie } = await signIn(opened, 'analyst');
      userId = id;
      return { cookie };
    });
    expect(await beat()).toContain('alive');
    const session = await server.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: own,
      payload: OWNER,
    });
    const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
    const removed = await server.app.inject({
      method: 'DELETE',
      url: `/api/v1/users/${userId}`,
      headers: { ...own, cookie },
    });
    expect(removed.statusCode).toBe(200);
    expect(await beat()).toBe('');
  });

  test('ends for a key that was revoked', async () => {
    const { server, beat } = await openStream(async () => bearer(API_KEYS.read));
    expect(await beat()).toContain('alive');
    const revoked = await server.app.inject({
      method: 'DELETE',
      url: `/api/v1/keys/${API_KEYS.read}`,
      headers: bearer(API_KEYS.both),
    });
    expect(revoked.statusCode).toBe(200);
    expect(await beat()).toBe('');
    expect(server.admin.liveEvents.watchers(SHOP)).toBe(0);
  });

  test('is no use of a session, which ends after half a day all the same', async () => {
    const { server, beat } = await openStream(async (opened) => ({
      cookie: (await signIn(opened, 'analyst')).cookie,
    }));
    for (let hours = 0; hours < 11; hours += 1) {
      server.advance(HOUR_MS);
      expect(await beat()).toContain('alive');
    }
    server.advance(HOUR_MS);
    expect(await beat()).toBe('');
  });
});
