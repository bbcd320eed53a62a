import { newProfile } from '@tenth/engine/profile.ts';
import { aProfileId, T0 } from '@tenth/engine/testing/builders.ts';
import { routes } from '@tenth/model/api.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import type { GivenConsent } from '../../admin/ports.ts';
import { noConsents } from '../../admin/testing/memory-stores.ts';
import { API_KEYS, bearer, openTestServer, SHOP } from '../testing/test-server.ts';

const current = [
  {
    purpose: 'marketing_sms' as const,
    state: 'granted' as const,
    at: new Date(T0).toISOString(),
    textVersion: 'v1',
    source: 'form',
  },
];

async function open() {
  const given: GivenConsent[] = [];
  const { app } = await openTestServer({
    people: [
      {
        workspaceId: SHOP,
        profile: newProfile(aProfileId(), T0),
        identifiers: [
          { kind: 'anonymous_id', value: 'a1' },
          { kind: 'user_id', value: 'u1' },
        ],
      },
    ],
    admin: {
      consents: {
        ...noConsents,
        read: async () => ({ current, records: [] }),
        append: async (_workspaceId, consents) => {
          given.push(...consents);
        },
      },
    },
  });
  const post = (body: object) =>
    app.inject({
      method: 'POST',
      url: `/api/v1/people/profileId:${aProfileId()}/consents`,
      headers: bearer(API_KEYS.both),
      payload: body,
    });
  return { app, post, given };
}

test('an answer given elsewhere is written down under the known id, with who wrote it', async () => {
  const { post, given } = await open();
  const at = new Date(T0 - DAY_MS).toISOString();
  const reply = await post({
    answers: { marketing_sms: 'withdrawn' },
    at,
    textVersion: 'v2',
    source: 'call centre',
  });
  expect(routes.addPersonConsents.reply.parse(reply.json()).current).toEqual(current);
  expect(given).toEqual([
    {
      identifier: { kind: 'user_id', value: 'u1' },
      purpose: 'marketing_sms',
      state: 'withdrawn',
      at: T0 - DAY_MS,
      receivedAt: T0,
      textVersion: 'v2',
      source: 'call centre',
      givenBy: `api_key:${API_KEYS.both}`,
    },
  ]);
});

test.each([
  { name: 'no answer', body: { answers: {} }, field: 'answers' },
  {
    name: 'a moment to come',
    body: { answers: { ads: 'granted' }, at: new Date(T0 + DAY_MS).toISOString() },
    field: 'at',
  },
  { name: 'an unknown purpose', body: { answers: { fun: 'granted' } }, field: 'answers.fun' },
])('$name is refused, and the field named', async ({ body, field }) => {
  const { post, given } = await open();
  const reply = await post(body);
  expect(reply.json()).toMatchObject({ status: 400, field });
  expect(given).toEqual([]);
});

test('what stands is shown with the person', async () => {
  const { app } = await open();
  const reply = await app.inject({
    method: 'GET',
    url: `/api/v1/people/profileId:${aProfileId()}`,
    headers: bearer(API_KEYS.read),
  });
  expect(routes.getPerson.reply.parse(reply.json()).consents).toEqual(current);
});
