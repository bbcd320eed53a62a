import { expect, test } from 'vitest';
import type { Pages } from '../../admin/ports.ts';
import { createOutgoing } from '../../outgoing/outgoing.ts';
import { pagesOver } from '../../outgoing/pages.ts';
import { API_KEYS, bearer, openTestServer, WRITE_KEY } from '../testing/test-server.ts';

async function check(read: Pages['read'], url: string) {
  const { app } = await openTestServer({ admin: { pages: { read } } });
  const reply = await app.inject({
    method: 'POST',
    url: '/api/v1/installation-checks',
    headers: bearer(API_KEYS.both),
    payload: { url },
  });
  return reply.json();
}

const page = (text: string) => async () => ({ kind: 'page' as const, status: 200, text });

test('the script is found by the workspace’s own write key, and by no other', async () => {
  const tag = (key: string) => `<script async src="/t.js" data-write-key="${key}"></script>`;
  expect(await check(page(tag(WRITE_KEY)), 'https://shop.example/')).toEqual({
    kind: 'installed',
    status: 200,
    keyId: WRITE_KEY,
  });
  for (const text of [tag('another'), '', tag(API_KEYS.both)]) {
    expect(await check(page(text), 'https://shop.example/')).toEqual({
      kind: 'missing',
      status: 200,
    });
  }
});

test('a page inside the network is not fetched', async () => {
  const outgoing = createOutgoing({ allow: [] });
  const { read } = pagesOver(outgoing);
  expect(await check(read, 'http://169.254.169.254/latest/meta-data/')).toMatchObject({
    type: 'urn:tenth:problem:address-refused',
    status: 422,
    field: 'url',
  });
  await outgoing.close();
});
