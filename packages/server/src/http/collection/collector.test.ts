import { createHmac } from 'node:crypto';
import { aCampaign, aPlan, T0 } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { Problem } from '@tenth/model/problem.ts';
import { expect, test } from 'vitest';
import type { Client, CollectRequest } from '../ports.ts';
import { SHOP } from '../testing/test-server.ts';
import { createCollector } from './collector.ts';

const SECRET = 'a secret of the shop';
const browser: Client = {
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36',
  referer: '',
  origin: '',
  clientHints: {},
  gpc: false,
};

function open() {
  const processed: { events: readonly SiteEvent[]; isDeciding: boolean }[] = [];
  const plan = aPlan({ version: 7, campaigns: [aCampaign({ id: 'welcome' })] });
  const collector = createCollector({
    pipeline: {
      async process(_workspaceId, events, isDeciding) {
        processed.push({ events, isDeciding });
        return { decisions: [], duplicates: 0, logged: [] };
      },
    },
    plans: { get: () => plan },
    metrics: { countEvents() {}, countRefusal() {} },
    suppressions: { admit: (_workspaceId, events) => events },
    consents: { note: async () => {} },
    pseudonyms: { of: async () => (text) => text },
    signingSecrets: [SECRET],
    now: () => T0,
  });
  const send = (body: JsonObject, more: Partial<CollectRequest> = {}) =>
    collector.collect({
      workspaceId: SHOP,
      isTrusted: false,
      call: 'batch',
      body,
      bodyBytes: JSON.stringify(body).length,
      receivedAt: T0,
      client: browser,
      isDecide: false,
      isExplained: false,
      ...more,
    });
  return { send, processed };
}

const page = { type: 'page', anonymousId: 'a1' };
const broken = { type: 'track', anonymousId: 'a1' };

test("without decide the reply is Segment's", async () => {
  const { send, processed } = open();
  expect(await send({ batch: [page] })).toEqual({ success: true });
  expect(processed).toMatchObject([{ isDeciding: false }]);
});

test('with decide it carries decisions, and settings only where the client has others', async () => {
  const { send } = open();
  const first = await send({ batch: [page], decide: true, settingsVersion: 0 });
  expect(first).toMatchObject({ decisions: [], settings: { version: 7 } });
  const known = await send({ batch: [page], decide: true, settingsVersion: 7 });
  expect(known).toEqual({ success: true, decisions: [] });
});

test('of a batch the good events are taken and the others named', async () => {
  const { send, processed } = open();
  const reply = await send({ batch: [page, broken, 7] });
  expect(reply.success).toBe(true);
  expect(reply.rejected?.map(({ index }) => index)).toEqual([1, 2]);
  expect(processed[0]?.events).toHaveLength(1);
});

test('where nothing is taken there is no success and nothing is committed', async () => {
  const { send, processed } = open();
  const reply = await send({ batch: [broken] });
  expect(reply).toMatchObject({ success: false, rejected: [{ index: 0, field: 'event' }] });
  expect(processed).toHaveLength(0);
});

test('events of a visitor who refused are no failure, so that clients do not send them again', async () => {
  const { send, processed } = open();
  const reply = await send({ batch: [{ ...page, context: { consent: 'denied' } }] });
  expect(reply).toEqual({ success: true });
  expect(processed).toHaveLength(0);
});

test('decide takes one event of any type, and says when it is of none', async () => {
  const { send, processed } = open();
  await send(page, { call: 'any', isDecide: true });
  expect(processed).toMatchObject([{ isDeciding: true, events: [{ type: 'page' }] }]);
  await expect(send({ anonymousId: 'a1' }, { call: 'any', isDecide: true })).rejects.toThrow(
    Problem,
  );
});

test.each([{ timestamp: '1970-01-01T00:00:00.000Z' }, { timestamp: '2100-01-01T00:00:00.000Z' }])(
  'an event of $timestamp is taken or refused by name, never a failure of ours',
  async (when) => {
    const { send, processed } = open();
    const reply = await send({ batch: [{ ...page, ...when }] });
    const at = processed[0]?.events[0]?.at;
    expect(reply.rejected?.[0]?.field ?? 'taken').toMatch(/^(taken|timestamp)$/);
    expect(at ?? T0).toBeLessThanOrEqual(T0 + 86_400_000);
  },
);

test.each([
  { name: 'right', hash: (id: string) => sign(SECRET, id), isVerified: true },
  { name: "of another's id", hash: () => sign(SECRET, 'u2'), isVerified: false },
  { name: 'made with another secret', hash: (id: string) => sign('guess', id), isVerified: false },
  { name: 'no hexadecimal', hash: () => 'zz', isVerified: false },
  { name: 'empty', hash: () => '', isVerified: false },
])('with a signature that is $name, the id counts as signed: $isVerified', async (given) => {
  const { send, processed } = open();
  const identify = { type: 'identify', userId: 'u1', context: { userHash: given.hash('u1') } };
  await send({ batch: [identify] });
  expect(processed[0]?.events[0]?.isVerified).toBe(given.isVerified);
});

function sign(secret: string, userId: string): string {
  return createHmac('sha256', secret).update(userId).digest('hex');
}
