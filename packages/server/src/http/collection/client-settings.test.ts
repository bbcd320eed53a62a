import { expect, test } from 'vitest';
import { basic, openTestServer, WRITE_KEY } from '../testing/test-server.ts';

test("Segment's browser client is told to send everything here", async () => {
  const { app } = await openTestServer();
  const reply = await app.inject({
    url: `/v1/projects/${WRITE_KEY}/settings`,
    headers: { host: 'tenth.example:4800' },
  });
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['access-control-allow-origin']).toBe('*');
  expect(reply.json().integrations['Segment.io']).toMatchObject({
    apiKey: WRITE_KEY,
    apiHost: 'tenth.example:4800/v1',
    protocol: 'http',
  });
});

test('behind a proxy the public URL is what it is told', async () => {
  const { app } = await openTestServer({ publicUrl: 'https://tenth.example' });
  const reply = await app.inject({ url: `/v1/projects/${WRITE_KEY}/settings` });
  expect(reply.json().integrations['Segment.io']).toMatchObject({
    apiHost: 'tenth.example/v1',
    protocol: 'https',
  });
});

test('an unknown write key has no settings', async () => {
  const { app } = await openTestServer();
  expect((await app.inject({ url: '/v1/projects/nobody/settings' })).statusCode).toBe(401);
  expect((await app.inject({ url: '/sourceConfig?writeKey=nobody' })).statusCode).toBe(401);
});

test.each([
  { url: '/sourceConfig/?p=npm&v=3', headers: basic(`${WRITE_KEY}:`) },
  { url: `/sourceConfig?writeKey=${WRITE_KEY}`, headers: {} },
])('RudderStack asks $url', async ({ url, headers }) => {
  const { app } = await openTestServer();
  const reply = await app.inject({ url, headers });
  expect(reply.json().source).toMatchObject({ writeKey: WRITE_KEY, enabled: true });
});
