import { routes } from '@tenth/model/api.ts';
import type { SegmentBackfill } from '@tenth/model/segment-backfill.ts';
import { expect, test } from 'vitest';
import { API_KEYS, bearer, openTestServer } from '../testing/test-server.ts';

const backfill: SegmentBackfill = {
  segmentId: 'vip',
  state: 'ready',
  planVersion: 2,
  progress: 1,
  people: 3,
  entering: 1,
  leaving: 1,
  sample: { entering: ['profile-in'], leaving: ['profile-out'] },
  startedAt: '2026-03-02T01:00:00.000Z',
  finishedAt: null,
  error: null,
};

async function open() {
  const { app } = await openTestServer({
    admin: {
      openSegments: () => ({
        publish: () => Promise.reject(new Error('not asked for')),
        dismiss: () => Promise.reject(new Error('not asked for')),
        find: async () => backfill,
        approve: async () => backfill,
        revert: () => Promise.reject(new Error('not asked for')),
      }),
    },
  });
  return async (method: 'GET' | 'POST', path: string, key: string) => {
    const url = `/api/v1/segments/vip/${path}`;
    const reply = await app.inject({ method, url, headers: bearer(key) });
    return routes.getSegmentBackfill.reply.parse(reply.json());
  };
}

test('who comes and goes by a new definition is named to those who may see people', async () => {
  const ask = await open();
  expect(await ask('GET', 'backfill', API_KEYS.read)).toEqual(backfill);
  expect(await ask('POST', 'backfill/approve', API_KEYS.both)).toEqual(backfill);
});

test('to others only how many', async () => {
  const ask = await open();
  const figures = { ...backfill, sample: { entering: [], leaving: [] } };
  expect(await ask('GET', 'backfill', API_KEYS.reports)).toEqual(figures);
  expect(await ask('POST', 'backfill/approve', API_KEYS.write)).toEqual(figures);
});
