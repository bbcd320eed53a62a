import { problemDetails } from '@tenth/model/problem.ts';
import { expect, test } from 'vitest';
import { API_KEYS, basic, bearer, openTestServer, WRITE_KEY } from '../testing/test-server.ts';

const STRANGER = '203.0.113.7';
const event = { type: 'page', anonymousId: 'a1' };

/** One request a second of each, ten at once. */
async function open() {
  const server = await openTestServer({ rates: { address: 1, sender: 0, apiKey: 0 } });
  const track = (remoteAddress: string) =>
    server.app.inject({
      method: 'POST',
      url: '/v1/track',
      remoteAddress,
      headers: { 'content-type': 'application/json', ...basic(WRITE_KEY) },
      payload: JSON.stringify(event),
    });
  return { ...server, track };
}

async function statuses(times: number, send: () => Promise<{ statusCode: number }>) {
  const all: number[] = [];
  for (let time = 0; time < times; time += 1) {
    all.push((await send()).statusCode);
  }
  return all;
}

test('an address that goes on too fast is told when to come again, and then it may', async () => {
  const { track, advance, collected } = await open();
  expect(await statuses(10, () => track(STRANGER))).not.toContain(429);
  const refused = await track(STRANGER);
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['retry-after']).toBe('1');
  expect(problemDetails.parse(refused.json()).type).toBe('urn:tenth:problem:too-many-requests');
  // Pages have to be able to read it.
  expect(refused.headers['access-control-allow-origin']).toBe('*');
  expect(collected).toHaveLength(10);
  advance(1_000);
  expect((await track(STRANGER)).statusCode).toBe(200);
});

test('others are not held up by it, nor what comes through a proxy on this machine', async () => {
  const { track } = await open();
  await statuses(12, () => track(STRANGER));
  expect((await track('203.0.113.8')).statusCode).toBe(200);
  expect(await statuses(30, () => track('127.0.0.1'))).not.toContain(429);
});

test.each([
  ['GET', '/v1/projects/KEY/settings'],
  ['GET', '/sourceConfig?writeKey=KEY'],
  ['POST', '/v1/track?writeKey=KEY'],
  ['POST', '/v1/decide?writeKey=KEY'],
  ['GET', '/api/v1/session'],
  ['GET', '/api/v1/events/stream'],
] as const)('whatever reads a store is limited: %s %s', async (method, url) => {
  const { app } = await open();
  let at = 0;
  const ask = () => {
    at += 1;
    return app.inject({ method, url: url.replace('KEY', `no-key-${at}`), remoteAddress: STRANGER });
  };
  const all = await statuses(11, ask);
  expect(all.indexOf(429)).toBe(10);
});

test('pages of other sites may read that they ask for settings too often', async () => {
  const { app } = await open();
  const ask = () =>
    app.inject({ url: `/v1/projects/${WRITE_KEY}/settings`, remoteAddress: STRANGER });
  await statuses(10, ask);
  const refused = await ask();
  expect(refused.statusCode).toBe(429);
  expect(refused.headers['access-control-allow-origin']).toBe('*');
});

test('the administration is limited by address as well, signed in or not', async () => {
  const { app } = await open();
  const ask = () =>
    app.inject({ method: 'GET', url: '/api/v1/campaigns', remoteAddress: STRANGER });
  expect((await statuses(11, ask)).at(-1)).toBe(429);
});

test('a key has a limit of its own, wherever it is used from', async () => {
  const { app } = await openTestServer({ rates: { address: 0, sender: 2, apiKey: 1 } });
  const withKey = (key: string) => () =>
    app.inject({ method: 'GET', url: '/api/v1/workspace', headers: bearer(key) });
  expect((await statuses(11, withKey(API_KEYS.both))).at(-1)).toBe(429);
  expect((await withKey(API_KEYS.read)()).statusCode).toBe(200);
  let address = 0;
  const track = () => {
    address += 1;
    return app.inject({
      method: 'POST',
      url: '/v1/track',
      remoteAddress: `203.0.113.${address}`,
      headers: { 'content-type': 'application/json', ...basic(WRITE_KEY) },
      payload: JSON.stringify(event),
    });
  };
  const all = await statuses(21, track);
  expect(all.indexOf(429)).toBe(20);
});
