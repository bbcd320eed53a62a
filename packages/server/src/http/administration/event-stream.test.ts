import { aProfileId, aTrack } from '@tenth/engine/testing/builders.ts';
import type { LoggedEvent } from '@tenth/model/log-record.ts';
import { eventStreamPath, timelineEvent } from '@tenth/model/timeline-event.ts';
import { expect, test, vi } from 'vitest';
import { memoryAuditLog } from '../../admin/testing/memory-stores.ts';
import {
  API_KEYS,
  bearer,
  OTHER_API_KEY,
  openTestServer,
  SHOP,
  type TestServer,
} from '../testing/test-server.ts';

const everything = { limit: 10, before: undefined, act: undefined, people: undefined };

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

test('who has left before the stream begins is not watched for', async () => {
  const log = memoryAuditLog();
  let noted: (() => void) | undefined;
  const isWritten = new Promise<void>((resolve) => {
    noted = resolve;
  });
  let begun: (() => void) | undefined;
  const isWriting = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const server = await openTestServer({
    admin: {
      audit: {
        ...log,
        async append(...entry) {
          begun?.();
          await isWritten;
          return log.append(...entry);
        },
      },
    },
  });
  const watchers = vi.spyOn(server.admin.liveEvents, 'subscribe');
  const left = new Promise<void>((resolve) => {
    server.app.server.on('connection', (socket) => socket.once('close', () => resolve()));
  });
  const opened = open(server, API_KEYS.read);
  const ended = expect(opened.then((stream) => stream.until('retry'))).rejects.toThrow();
  await isWriting;
  server.app.server.closeAllConnections();
  await Promise.all([left, ended]);
  noted?.();
  await vi.waitFor(() => expect(log.list(SHOP, everything)).resolves.toHaveLength(1));
  await server.app.close();
  expect(watchers).not.toHaveBeenCalled();
});

test('without a key there is no stream', async () => {
  const { app } = await openTestServer();
  expect((await app.inject({ url: eventStreamPath })).statusCode).toBe(401);
});
