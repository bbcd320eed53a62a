import { connect } from 'node:net';
import { newProfile } from '@tenth/engine/profile.ts';
import { aProfileId, T0 } from '@tenth/engine/testing/builders.ts';
import { streamedRoutes } from '@tenth/model/api/streamed-routes.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { API_KEYS, bearer, openTestServer, SHOP } from '../testing/test-server.ts';

const LINES = 2_000;
const LINE_BYTES = 64 * 1024;

let closing: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await closing?.();
  closing = undefined;
});

/** An export of many large lines, and what became of it. */
async function open() {
  const made = { lines: 0, ended: false };
  async function* run() {
    try {
      for (; made.lines < LINES; made.lines += 1) {
        yield { kind: 'snapshot', profile: { text: 'x'.repeat(LINE_BYTES) } } as const;
      }
    } finally {
      made.ended = true;
    }
  }
  const { app } = await openTestServer({
    admin: { personExports: { run } },
    people: [
      {
        workspaceId: SHOP,
        profile: newProfile(aProfileId(), T0),
        identifiers: [{ kind: 'user_id', value: 'u1' }],
      },
    ],
  });
  closing = () => app.close();
  const origin = new URL(await app.listen({ port: 0, host: '127.0.0.1' }));
  const path = streamedRoutes.exportPerson.path.replace(':person', `profileId:${aProfileId()}`);
  return { made, origin, path };
}

test('a reader who stops is waited for, and one who leaves ends the work', async () => {
  const { made, origin, path } = await open();
  const { authorization } = bearer(API_KEYS.both);
  const socket = connect(Number(origin.port), origin.hostname);
  socket.write(
    `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: ${authorization}\r\n\r\n`,
  );
  await new Promise((resolve) => socket.once('data', resolve));
  socket.pause();
  // Until what the kernel and the stream hold is full.
  let before = -1;
  await vi.waitFor(
    () => {
      const isStill = made.lines === before;
      before = made.lines;
      expect(isStill).toBe(true);
    },
    { interval: 200, timeout: 10_000 },
  );
  expect(made).toMatchObject({ ended: false });
  expect(made.lines).toBeLessThan(LINES / 2);
  socket.destroy();
  await vi.waitFor(() => expect(made.ended).toBe(true));
  expect(made.lines).toBeLessThan(LINES / 2);
});

test('who reads on gets every line', async () => {
  const { made, origin, path } = await open();
  const reply = await fetch(new URL(path, origin), { headers: bearer(API_KEYS.both) });
  const text = await reply.text();
  expect(text.split('\n')).toHaveLength(LINES + 1);
  expect(made).toEqual({ lines: LINES, ended: true });
});
