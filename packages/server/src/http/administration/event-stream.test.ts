import { aProfileId, aTrack } from '@tenth/engine/testing/builders.ts';
import type { LoggedEvent } from '@tenth/model/log-record.ts';
import { eventStreamPath, timelineEvent } from '@tenth/model/timeline-event.ts';
import { expect, test } from 'vitest';
import {
  API_KEYS,
  bearer,
  OTHER_API_KEY,
  openTestServer,
  SHOP,
  type TestServer,
} from '../testing/test-server.ts';

const logged = (name: string): LoggedEvent => ({
  event: aTrack(name, { product_id: 'p1' }),
  profileId: aProfileId(),
  session: undefined,
  isNewVisitor: true,
  isMember: false,
  trace: undefined,
  facts: undefined,
  run: undefined,
});

async function open(server: TestServer, secret: string) {
  const address = await server.app.listen({ port: 0, host: '127.0.0.1' });
  const ended = new AbortController();
  const reply = await fetch(`${address}${eventStreamPath}`, {
    headers: bearer(secret),
    signal: ended.signal,
  });
  const reader = reply.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    reply,
    async until(part: string) {
      while (!text.includes(part)) {
        const { value, done } = (await reader?.read()) ?? { value: '', done: true };
        if (done) {
          throw new Error(`the stream ended with ${text}`);
        }
        text += value;
      }
      return text;
    },
    async close() {
      ended.abort();
      await server.app.close();
    },
  };
}

test('each committed event arrives, as the schema says', async () => {
  const server = await openTestServer();
  const stream = await open(server, API_KEYS.read);
  expect(stream.reply.headers.get('content-type')).toContain('text/event-stream');
  await stream.until('retry');
  server.admin.liveEvents.publish({ workspaceId: SHOP, events: [logged('Product Viewed')] });
  const text = await stream.until('\n\ndata'.slice(0, 2)).then(() => stream.until('data: '));
  await stream.until('Product Viewed');
  const line = (await stream.until('}\n')).split('\n').find((one) => one.startsWith('data: '));
  expect(text).toContain('data: ');
  expect(timelineEvent.parse(JSON.parse(line?.slice(6) ?? ''))).toMatchObject({
    name: 'Product Viewed',
    properties: { product_id: 'p1' },
  });
  await stream.close();
});

test("another workspace's events do not arrive", async () => {
  const server = await openTestServer();
  const stream = await open(server, OTHER_API_KEY);
  await stream.until('retry');
  expect(server.admin.liveEvents.watchers(SHOP)).toBe(0);
  await stream.close();
});

test('closing the server ends the streams', async () => {
  const server = await openTestServer();
  const stream = await open(server, API_KEYS.read);
  await stream.until('retry');
  await server.app.close();
  await expect(stream.until('never')).rejects.toThrow('ended');
});

test('without a key there is no stream', async () => {
  const { app } = await openTestServer();
  expect((await app.inject({ url: eventStreamPath })).statusCode).toBe(401);
});
