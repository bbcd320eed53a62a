import { expect, test } from 'vitest';
import { basic, openTestServer, WRITE_KEY } from '../testing/test-server.ts';

test('while a store is slow, large bodies are refused before they fill the memory', async () => {
  let held = 0;
  let answer = () => {};
  const slow = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const { app } = await openTestServer({
    async collect() {
      held += 1;
      await slow;
      return { success: true };
    },
  });
  const event = { anonymousId: 'a1', event: 'Viewed', properties: { text: 'x'.repeat(500_000) } };
  const payload = JSON.stringify({ batch: [event] });
  const send = () =>
    app.inject({
      method: 'POST',
      url: '/v1/batch',
      headers: { 'content-type': 'application/json', ...basic(`${WRITE_KEY}:`) },
      payload,
    });
  // 75 MB.
  const sent = Array.from({ length: 150 }, send);
  let answered = 0;
  for (const reply of sent) {
    void reply.then(() => {
      answered += 1;
    });
  }
  // Only those that are refused have an answer by now.
  const refused = await Promise.race(sent);
  while (held + answered < sent.length) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(refused.statusCode).toBe(503);
  expect(refused.headers['retry-after']).toBeDefined();
  expect(refused.json()).toMatchObject({ type: 'urn:tenth:problem:store-unavailable' });
  answer();
  const replies = await Promise.all(sent);
  const taken = replies.filter(({ statusCode }) => statusCode === 200).length;
  expect(taken * payload.length).toBeGreaterThan(60_000_000);
  expect(taken * payload.length).toBeLessThanOrEqual(64 * 1_048_576);
  // Done, they no longer count.
  expect((await send()).statusCode).toBe(200);
});
