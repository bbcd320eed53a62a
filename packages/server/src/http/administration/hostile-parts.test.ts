import { describe, expect, test } from 'vitest';
import { API_KEYS, basic, bearer, openTestServer } from '../testing/test-server.ts';

const NUL = '%00';

describe('what no store can hold is refused by name, before it gets to one', () => {
  test.each([
    ['GET', `/api/v1/people?search=a${NUL}`, undefined, 'search'],
    ['GET', `/api/v1/people/userId:${NUL}`, undefined, 'person'],
    ['GET', `/api/v1/audit?act=${NUL}`, undefined, 'act'],
    ['PATCH', `/api/v1/campaigns/${NUL}`, { status: 'paused' }, 'id'],
    ['POST', '/api/v1/keys', { name: 'a\0', kind: 'write_key' }, 'name'],
    [
      'PUT',
      '/api/v1/segments/s',
      { id: 's', condition: { of: [{ 'a\0': 1 }] } },
      'condition.of[0]',
    ],
  ] as const)('%s %s', async (method, url, payload, field) => {
    const { app } = await openTestServer();
    const reply = await app.inject({
      method,
      url,
      headers: bearer(API_KEYS.both),
      ...(payload === undefined ? {} : { payload }),
    });
    expect(reply.json()).toMatchObject({ status: 400, field });
  });
});

test('a condition as deep as a body can hold is refused, and exhausts nothing', async () => {
  const { app } = await openTestServer();
  for (const levels of [60, 5_000, 40_000]) {
    const condition = `${'{"kind":"not","of":'.repeat(levels)}{}${'}'.repeat(levels)}`;
    const reply = await app.inject({
      method: 'PUT',
      url: '/api/v1/segments/s',
      headers: { ...bearer(API_KEYS.both), 'content-type': 'application/json' },
      payload: `{"id":"s","name":{"en":"x"},"condition":${condition}}`,
    });
    expect([levels, reply.statusCode]).toEqual([levels, 400]);
  }
});

test.each([`a${'\0'}b`, 'x'.repeat(300_000), 'a b', 'ä'])(
  'what cannot be a write key is unknown, and is asked of no store',
  async (writeKey) => {
    const { app } = await openTestServer();
    const track = (headers: object, payload: object) =>
      app.inject({ method: 'POST', url: '/v1/track', headers: { ...headers }, payload });
    const replies = await Promise.all([
      track({}, { writeKey, userId: 'u', event: 'x' }),
      track(writeKey.length > 1_000 ? { ...basic('?') } : { ...basic(writeKey) }, { event: 'x' }),
      app.inject(`/v1/projects/${encodeURIComponent(writeKey.slice(0, 250))}/settings`),
    ]);
    for (const reply of replies) {
      expect([401, 404]).toContain(reply.statusCode);
    }
  },
);
