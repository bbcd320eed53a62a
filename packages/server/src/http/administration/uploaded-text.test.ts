import { randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { expect, test } from 'vitest';
import { API_KEYS, bearer, openTestServer } from '../testing/test-server.ts';
import { uploadedText } from './uploaded-text.ts';

const limits = { mediaTypes: ['text/csv'], mostBytes: 1_000_000 };
const packed = gzipSync(randomBytes(200_000).toString('base64'));

// An error that nobody hears ends the process, and here the run of the tests.
test.each([
  ['no gzip', Buffer.from('not packed at all')],
  ['cut off', packed.subarray(0, packed.length / 2)],
  ['broken', Buffer.concat([packed.subarray(0, 100_000), Buffer.alloc(50_000, 7)])],
])('a body that is refused before it is read, or midway, may be %s', async (_what, payload) => {
  const app = fastify();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  app.post('/unread', async (request) => {
    uploadedText(request, limits);
    await wait(20);
    return 'refused';
  });
  app.post('/midway', async (request) => {
    const { chunks } = uploadedText(request, limits);
    for await (const chunk of chunks) {
      return String(chunk.length);
    }
    return 'nothing';
  });
  for (const url of ['/unread', '/midway']) {
    const headers = { 'content-type': 'text/csv', 'content-encoding': 'gzip' };
    const reply = await app.inject({ method: 'POST', url, headers, payload });
    expect([200, 400, 500]).toContain(reply.statusCode);
  }
  await wait(20);
});

test('after a packed upload that was refused midway, the same connection goes on', async () => {
  const { app } = await openTestServer();
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const send = (method: string, path: string, body?: Buffer) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { ...bearer(API_KEYS.both), 'content-type': 'text/csv' };
      const asked = request(
        `${origin}${path}`,
        { agent, method, headers: body ? { ...headers, 'content-encoding': 'gzip' } : headers },
        (reply) => reply.resume().once('end', () => resolve(reply.statusCode)),
      );
      asked.once('error', reject).end(body);
    });
  const lines = `a,b\n${randomBytes(3_000_000).toString('base64').replaceAll(/.{60}/g, '$&,1\n')}`;
  expect(await send('POST', '/api/v1/lists/vip/members?by=user_id', gzipSync(lines))).toBe(400);
  expect(await send('GET', '/healthz')).toBe(200);
  agent.destroy();
  await app.close();
});
