import { aCampaign } from '@tenth/engine/testing/builders.ts';
import { Problem } from '@tenth/model/problem.ts';
import { type SimulationLine, simulationLine, simulationPath } from '@tenth/model/simulation.ts';
import { expect, test } from 'vitest';
import type { Simulations } from '../../admin/ports.ts';
import { API_KEYS, bearer, openTestServer, SHOP } from '../testing/test-server.ts';

const progress: SimulationLine = {
  kind: 'progress',
  phase: 'running',
  people: 1,
  events: 2,
  eventsInAll: 4,
};
const payload = { campaign: aCampaign({ id: 'draft' }) };

async function serverWith(run: Simulations['run']) {
  return openTestServer({ admin: { simulations: { run } } });
}

const linesOf = (body: string) =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => simulationLine.parse(JSON.parse(line)));

test('the lines come as they are, one JSON a line, for the workspace of the key', async () => {
  const { app } = await serverWith(async (workspaceId, { request, period }) => {
    expect(workspaceId).toBe(SHOP);
    expect(request).toMatchObject({ moments: 'decided', newShows: 'seen', sample: 20 });
    expect(Date.parse(period.to) - Date.parse(period.from)).toBe(30 * 86_400_000);
    return (async function* () {
      yield progress;
      yield progress;
    })();
  });
  const reply = await app.inject({
    method: 'POST',
    url: simulationPath,
    headers: bearer(API_KEYS.read),
    payload,
  });
  expect(reply.statusCode).toBe(200);
  expect(reply.headers['content-type']).toContain('application/x-ndjson');
  expect(linesOf(reply.body)).toEqual([progress, progress]);
});

test('a bad draft is refused by its field, before a line is sent', async () => {
  const { app } = await serverWith(() =>
    Promise.reject(new Problem('definition-invalid', 'there is no segment x', 'campaign.audience')),
  );
  const send = (body: object) =>
    app.inject({
      method: 'POST',
      url: simulationPath,
      headers: bearer(API_KEYS.read),
      payload: body,
    });
  const refused = await send(payload);
  expect(refused.statusCode).toBe(422);
  expect(refused.json()).toMatchObject({ field: 'campaign.audience' });
  const misshapen = await send({ campaign: { ...payload.campaign, priority: 'high' } });
  expect(misshapen.statusCode).toBe(400);
  expect(misshapen.json()).toMatchObject({ field: 'campaign.priority' });
  const nothing = await send({});
  expect(nothing.json()).toMatchObject({ field: 'campaign' });
  const backwards = await send({
    ...payload,
    from: '2026-03-02T00:00:00Z',
    to: '2026-03-01T00:00:00Z',
  });
  expect(backwards.json()).toMatchObject({ field: 'from' });
});

test('what goes wrong midway is told in the last line', async () => {
  const { app } = await serverWith(async () =>
    (async function* () {
      yield progress;
      throw new Error('the store went away');
    })(),
  );
  const reply = await app.inject({
    method: 'POST',
    url: simulationPath,
    headers: bearer(API_KEYS.read),
    payload,
  });
  const lines = linesOf(reply.body);
  expect(lines[0]).toEqual(progress);
  expect(lines[1]).toMatchObject({ kind: 'problem', problem: { status: 500 } });
  expect(reply.body).not.toContain('the store went away');
});

test('hanging up ends the simulation, and the next one may run; meanwhile none does', async () => {
  let stoppedTimes = 0;
  const { app } = await serverWith(async (_, { signal }) =>
    (async function* () {
      yield progress;
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
      stoppedTimes += 1;
    })(),
  );
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  const start = (signal: AbortSignal) =>
    fetch(`${address}${simulationPath}`, {
      method: 'POST',
      headers: { ...bearer(API_KEYS.read), 'content-type': 'application/json' },
      body: JSON.stringify(payload),
      signal,
    });
  const left = new AbortController();
  const first = await start(left.signal);
  await first.body?.getReader().read();
  const second = await start(new AbortController().signal);
  expect(second.status).toBe(429);
  left.abort();
  await expect.poll(() => stoppedTimes).toBe(1);
  const third = await start(new AbortController().signal);
  expect(third.status).toBe(200);
  // Closing the server ends it too.
  await app.close();
  await expect.poll(() => stoppedTimes).toBe(2);
});

test('without a key nothing runs', async () => {
  const { app } = await openTestServer();
  const reply = await app.inject({ method: 'POST', url: simulationPath, payload });
  expect(reply.statusCode).toBe(401);
});
