import { aCampaign, aPlan, T0 } from '@tenth/engine/testing/builders.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../commit/testing/memory-store.ts';
import { aServer } from '../../commit/testing/two-servers.ts';
import { API_KEYS, basic, bearer, openTestServer, WRITE_KEY } from '../testing/test-server.ts';
import { createCollector } from './collector.ts';

const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const plan = aPlan({
  campaigns: [
    aCampaign({ id: 'welcome', priority: 2 }),
    aCampaign({
      id: 'for-gold',
      priority: 1,
      audience: { kind: 'trait', name: 'grade', test: { op: 'is', value: 'gold' } },
      format: { kind: 'top_bar' },
    }),
  ],
});

async function open() {
  const { pipeline } = aServer(createMemoryStore(), plan);
  const collector = createCollector({
    pipeline,
    plans: { get: () => plan },
    metrics: { countEvents() {}, countRefusal() {} },
    suppressions: { admit: (_workspaceId, events) => events },
    consents: { note: async () => {} },
    pseudonyms: { of: async () => (text) => text },
    signingSecrets: [],
    now: () => T0,
  });
  const { app } = await openTestServer({ collect: (request) => collector.collect(request) });
  return (url: string, headers: Record<string, string>, payload: JsonObject) =>
    app.inject({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', 'user-agent': BROWSER, ...headers },
      payload: JSON.stringify(payload),
    });
}

const page = { type: 'page', anonymousId: 'a1', messageId: 'm1', timestamp: at(T0) };
const asked = { ...page, explain: true };

function at(time: number): string {
  return new Date(time).toISOString();
}

describe('a decision that is to be explained', () => {
  test('of what happened long ago is none, and says so in the same words', async () => {
    const post = await open();
    const late = { ...asked, timestamp: at(T0 - 60_000) };
    const reply = await post('/v1/decide', bearer(API_KEYS.both), late);
    expect(reply.json()).toEqual({ success: true, decisions: [], traces: [] });
  });

  test('comes with what became of each campaign, for a server with an API key', async () => {
    const post = await open();
    const reply = await post('/v1/decide', bearer(API_KEYS.both), asked);
    expect(reply.statusCode).toBe(200);
    const { decisions, traces } = reply.json();
    expect(traces).toEqual([
      {
        messageId: 'm1',
        planVersion: plan.version,
        at: T0,
        considered: [
          {
            campaignId: 'welcome',
            outcome: expect.objectContaining({
              kind: 'shown',
              decisionId: decisions[0].decisionId,
            }),
          },
          {
            campaignId: 'for-gold',
            outcome: {
              kind: 'failed',
              stage: 'audience',
              path: 'audience',
              condition: 'trait grade is gold',
              saw: null,
            },
          },
        ],
      },
    ]);
  });

  test('has a trace for each event of a batch that put a campaign up', async () => {
    const post = await open();
    const track = { type: 'track', event: 'Product Viewed', anonymousId: 'a1', messageId: 'm2' };
    const again = { ...page, messageId: 'm3' };
    const reply = await post('/v1/decide', bearer(API_KEYS.both), {
      batch: [page, page, track, again],
      explain: true,
    });
    expect(
      reply.json().traces.map(({ messageId }: { readonly messageId: string }) => messageId),
    ).toEqual(['m1', 'm3']);
  });

  test('has none unless asked for, and only where decisions are asked for', async () => {
    const post = await open();
    for (const [url, body] of [
      ['/v1/decide', page],
      ['/v1/decide', { ...page, explain: 'yes' }],
      ['/v1/batch', { batch: [page], explain: true, decide: true }],
    ] as const) {
      const reply = await post(url, bearer(API_KEYS.both), body);
      expect(reply.statusCode).toBe(200);
      expect(reply.json()).not.toHaveProperty('traces');
    }
  });

  test.each([
    { who: 'a write key', headers: basic(`${WRITE_KEY}:`), code: 'api-key-missing', status: 401 },
    {
      who: 'a write key beside a bearer token of the client’s own',
      headers: bearer('something'),
      code: 'api-key-missing',
      status: 401,
    },
    {
      who: 'an API key that may only read',
      headers: bearer(API_KEYS.read),
      code: 'scope-missing',
      status: 403,
    },
    {
      who: 'an API key that may only send events',
      headers: bearer(API_KEYS.collect),
      code: 'scope-missing',
      status: 403,
    },
  ])('is refused to $who, and nothing is stored', async ({ headers, code, status }) => {
    const post = await open();
    const refused = await post('/v1/decide', headers, { ...asked, writeKey: WRITE_KEY });
    expect(refused.statusCode).toBe(status);
    expect(refused.json()).toMatchObject({ type: `urn:tenth:problem:${code}` });
    // Had it been, it would be no new message now.
    const taken = await post('/v1/decide', bearer(API_KEYS.both), asked);
    expect(taken.json().traces).toHaveLength(1);
  });
});
