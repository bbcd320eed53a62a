import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@tenth/model/api.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedDatabaseFiles } from '../stores/postgres/testing/seed-database-files.ts';
import { API_KEY, buildForTests, removeBuild, runTenth, WRITE_KEY } from './testing/run-tenth.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenth-segments-test-'));
beforeAll(async () => {
  await Promise.all([buildForTests(), seedDatabaseFiles(folder)]);
});
afterAll(() => {
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

const headers = { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' };

test('a segment is published over what people did before, changed, and put back', async () => {
  const server = await runTenth(['demo'], { TENTH_DATA_DIR: folder });
  await server.ready();
  const call = (method: string, path: string, body?: object) =>
    fetch(`${server.origin}/api/v1/segments/${path}`, {
      method,
      headers: body === undefined ? { authorization: headers.authorization } : headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const finished = () =>
    expect
      .poll(
        async () =>
          routes.getSegmentBackfill.reply.parse(await (await call('GET', 'seen/backfill')).json()),
        { timeout: 60_000, interval: 200 },
      )
      .toMatchObject({ state: 'done', progress: 1 });
  const people = async () => {
    const reply = await fetch(`${server.origin}/api/v1/people?segmentId=seen`, { headers });
    return routes.listPeople.reply.parse(await reply.json()).people.length;
  };
  const seenAtLeast = (times: number) => ({
    id: 'seen',
    name: { en: 'Seen' },
    condition: {
      kind: 'event_count',
      event: { type: 'track', name: 'Looked Around' },
      window: { kind: 'ever' },
      test: { op: 'gte', value: times },
    },
  });
  try {
    const batch = Array.from({ length: 30 }, (_, index) => ({
      type: 'track',
      event: 'Looked Around',
      anonymousId: `visitor-${index % 12}`,
    }));
    const sent = await fetch(`${server.origin}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: WRITE_KEY, batch }),
    });
    expect(await sent.json()).toEqual({ success: true });

    expect((await call('GET', 'seen/backfill')).status).toBe(404);
    expect((await call('PUT', 'seen', seenAtLeast(3))).status).toBe(200);
    await finished();
    expect(await people()).toBe(6);
    const counted = await (await call('GET', 'seen/backfill')).json();
    expect(counted).toMatchObject({ people: 12, entering: 6, leaving: 0, error: null });

    expect((await call('PUT', 'seen', seenAtLeast(2))).status).toBe(200);
    await finished();
    expect(await people()).toBe(12);
    expect((await call('POST', 'seen/revert')).status).toBe(200);
    await finished();
    expect(await people()).toBe(6);
  } finally {
    await server.stop();
  }
}, 120_000);
