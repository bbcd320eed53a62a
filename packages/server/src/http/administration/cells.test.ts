import { aCampaign, T0 } from '@tenth/engine/testing/builders.ts';
import type { CellsReply } from '@tenth/model/cells.ts';
import { profileId } from '@tenth/model/ids.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import type { CellPeopleAsked, CellsAsked } from '../../admin/ports.ts';
import { API_KEYS, bearer, openTestServer } from '../testing/test-server.ts';

const named = (id: string) => ({ id, name: { en: id } });
const spending = {
  ...named('spending'),
  levelling: {
    kind: 'thresholds',
    of: { kind: 'orders', measure: 'count' },
    levels: [{ ...named('low'), below: 3 }, named('high')],
  },
};
const person = profileId.parse('0'.repeat(25).concat('1'));

const nothing: CellsReply['totals'] = {
  people: 0,
  share: 0,
  orders: 0,
  buyers: 0,
  conversion: { raw: null, shrunk: 0.5, interval: { low: 0, high: 1 } },
  revenueMinor: 0,
  revenuePerPersonMinor: 0,
  campaign: null,
};

async function open() {
  const explored: CellsAsked[] = [];
  const listed: CellPeopleAsked[] = [];
  const server = await openTestServer({
    admin: {
      cells: {
        async explore(_, asked) {
          explored.push(asked);
          return {
            asOf: new Date(T0).toISOString(),
            period: asked.period,
            currency: 'KRW',
            variables: [],
            cells: [],
            totals: nothing,
            possible: 2,
            occupied: 0,
            partial: 0,
            matching: 0,
          };
        },
        async people(_, asked) {
          listed.push(asked);
          return { asOf: T0, people: [person], of: 1, next: null };
        },
      },
    },
  });
  const api = (method: 'POST' | 'PUT', url: string, payload: object) =>
    server.app.inject({ method, url, payload, headers: bearer(API_KEYS.both) });
  await api('PUT', '/api/v1/variables/spending', spending);
  const campaign = aCampaign({ id: 'hero' });
  await api('PUT', '/api/v1/campaigns/hero', campaign);
  return { api, explored, listed, campaignId: campaign.id };
}

test('asks with the definitions of what was named, and the last 30 days', async () => {
  const { api, explored, campaignId } = await open();
  const reply = await api('POST', '/api/v1/cells', { variables: ['spending'], campaignId });
  expect(reply.statusCode).toBe(200);
  expect(explored).toMatchObject([
    {
      variables: [{ id: 'spending' }],
      campaign: { id: campaignId },
      period: {
        from: new Date(T0 - 30 * DAY_MS).toISOString(),
        to: new Date(T0).toISOString(),
      },
      minPeople: 1,
      orderBy: 'people',
      limit: 200,
      fresh: false,
    },
  ]);
});

test('people of a cell come with their place in the console', async () => {
  const { api, listed } = await open();
  const ask = (levels: readonly (string | null)[]) =>
    api('POST', '/api/v1/cells/people', { variables: ['spending'], levels });
  expect((await ask(['high'])).json()).toEqual({
    asOf: new Date(T0).toISOString(),
    people: [{ profileId: person, link: `/console/people/profileId%3A${person}` }],
    of: 1,
    next: null,
  });
  await ask([null]);
  expect(listed.map(({ places }) => places)).toEqual([[2], [0]]);
});

test.each([
  [{ variables: ['spending', 'nothing'] }, 'variables[1]'],
  [{ variables: ['spending', 'spending'] }, 'variables'],
  [{ variables: [] }, 'variables'],
  [{ variables: Array.from({ length: 11 }, (_, index) => `v${index}`) }, 'variables'],
  [{ variables: ['spending'], campaignId: 'nobody' }, 'campaignId'],
  [{ variables: ['spending'], orderBy: 'response' }, 'orderBy'],
  [{ variables: ['spending'], limit: 2_001 }, 'limit'],
  [
    {
      variables: ['spending'],
      period: { from: '2026-03-02T00:00:00Z', to: '2026-03-01T00:00:00Z' },
    },
    'period.from',
  ],
  [{ variables: ['spending'], levels: ['top'] }, 'levels[0]'],
  [{ variables: ['spending'], levels: ['low', 'high'] }, 'levels'],
  [{ variables: ['nothing'], levels: ['low'] }, 'variables[0]'],
])('%j is refused at %s', async (body, field) => {
  const { api, explored, listed } = await open();
  const reply = await api(
    'POST',
    'levels' in body ? '/api/v1/cells/people' : '/api/v1/cells',
    body,
  );
  expect(reply.statusCode).toBe(400);
  expect(reply.json()).toMatchObject({ type: 'urn:tenth:problem:body-invalid', field });
  expect([...explored, ...listed]).toEqual([]);
});
