import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import fastify from 'fastify';
import { expect, test } from 'vitest';
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
