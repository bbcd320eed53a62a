import { createHmac } from 'node:crypto';
import { aCampaign, aPlan, T0 } from '@tenth/engine/testing/builders.ts';
import type { CollectReply } from '@tenth/model/collect-api.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { describe, expect, test } from 'vitest';
import { createMemoryStore } from '../../commit/testing/memory-store.ts';
import { aServer, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { createCollector } from './collector.ts';

/*
 * The attacker has the write key, which stands in the page, and a member's userId, which can be guessed;
 * not the signing secret, not an API key, and not the random anonymousId of the member's browser.
 */
const SECRET = 'a secret of the shop';
const PREVIOUS_SECRET = 'the secret that it had before';
const sign = (userId: string, secret = SECRET) =>
  createHmac('sha256', secret).update(userId).digest('hex');

const browser = {
  ip: '203.0.113.7',
  userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36',
  referer: '',
  origin: '',
  clientHints: {},
  gpc: false,
};

/** A shop that greets by name, and tells members of a segment so. */
function open(identity: 'signed' | 'unsigned') {
  const plan = aPlan({
    settings: { name: 'Shop', identity },
    segments: [
      {
        id: 'gold',
        name: { en: 'Gold' },
        condition: { kind: 'trait', name: 'grade', test: { op: 'is', value: 'gold' } },
      },
    ],
    campaigns: [
      aCampaign({
        id: 'hello',
        caps: { session: 100, day: 100, week: 100 },
        variants: [
          {
            id: 'a',
            content: {
              title: { en: 'Hi {{ person.name | default: "there" }}, {{ cart.quantity }} in cart' },
            },
          },
        ],
      }),
      aCampaign({
        id: 'for-gold',
        audience: { kind: 'segment', segmentId: 'gold', is: true },
        caps: { session: 100, day: 100, week: 100 },
        variants: [
          {
            id: 'a',
            content: { title: { en: 'Gold {{ person.name }}, {{ cart.quantity }} in cart' } },
          },
        ],
      }),
    ],
  });
  const store = createMemoryStore();
  const { pipeline } = aServer(store, plan);
  const collector = createCollector({
    pipeline,
    plans: { get: () => plan },
    metrics: { countEvents() {}, countRefusal() {} },
    suppressions: { admit: (_workspaceId, events) => events },
    consents: { note: async () => {} },
    pseudonyms: { of: async () => (text) => text },
    signingSecrets: [SECRET, PREVIOUS_SECRET],
    now: () => now,
  });
  let now = T0;
  const send = (message: JsonObject, isTrusted = false): Promise<CollectReply> => {
    now += MINUTE_MS;
    const body = { batch: [message], decide: true };
    return collector.collect({
      workspaceId: WORKSPACE,
      isTrusted,
      call: 'batch',
      body,
      bodyBytes: JSON.stringify(body).length,
      receivedAt: now,
      client: browser,
      isDecide: true,
      isExplained: false,
    });
  };
  const member = () => store.profileOf(WORKSPACE, { kind: 'user_id', value: 'member' });
  return { send, member, people: () => store.people(WORKSPACE) };
}

const signed = { context: { userHash: sign('member') } };
const page = { type: 'page', anonymousId: 'browser-of-the-member', userId: 'member' };

async function withMember(identity: 'signed' | 'unsigned') {
  const shop = open(identity);
  await shop.send({
    ...page,
    ...signed,
    type: 'identify',
    traits: { name: 'Jane', grade: 'gold' },
  });
  // The shop's server knows of no browser.
  await shop.send(
    {
      type: 'track',
      event: 'Product Added',
      userId: 'member',
      properties: { product_id: 'p1', price: 1000, quantity: 3 },
    },
    true,
  );
  return shop;
}

const attacks: readonly { readonly name: string; readonly message: JsonObject }[] = [
  { name: 'reads a page as the member', message: { ...page, anonymousId: 'attacker' } },
  { name: 'reads a page without a browser', message: { type: 'page', userId: 'member' } },
  {
    name: 'rewrites traits',
    message: { type: 'identify', anonymousId: 'attacker', userId: 'member', traits: { name: 'X' } },
  },
  {
    name: 'rewrites traits without a browser',
    message: { type: 'identify', userId: 'member', traits: { grade: 'none' } },
  },
  {
    name: 'joins itself by alias',
    message: { type: 'alias', userId: 'member', previousId: 'attacker' },
  },
  {
    name: 'signs with the signature of its own id',
    message: { ...page, anonymousId: 'attacker', context: { userHash: sign('attacker') } },
  },
  {
    name: 'places an order for the member',
    message: {
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'attacker',
      userId: 'member',
      properties: { order_id: 'o1', total: 1, currency: 'KRW' },
    },
  },
];

function titles(reply: CollectReply): readonly string[] {
  return (reply.decisions ?? []).flatMap((one) =>
    one.action === 'show' ? [`${one.campaignId}: ${one.content.title}`] : [],
  );
}

describe('with signed identities', () => {
  test.each(attacks)('whoever $name neither changes nor learns anything', async ({ message }) => {
    const { send, member } = await withMember('signed');
    const before = member();
    const reply = await send(message);
    // What a device has attached of itself would show at its next visit.
    const later = await send({ type: 'page', anonymousId: 'attacker' });
    expect(member()).toEqual(before);
    for (const title of [...titles(reply), ...titles(later)]) {
      expect(title).toMatch(/^hello: Hi (there|X), 0 in cart$/);
    }
  });

  test('the member is greeted by name and group, on any browser that comes signed', async () => {
    const { send } = await withMember('signed');
    const reply = await send({ ...page, ...signed, anonymousId: 'tablet' });
    expect(titles(reply).join()).toBe('for-gold: Gold Jane, 0 in cart');
  });

  test('who has been pressed the anonymousId of an attacker gives nothing away by it', async () => {
    const { send } = await withMember('signed');
    await send({
      ...page,
      ...signed,
      anonymousId: 'attacker',
      type: 'identify',
      traits: { name: 'Jane' },
    });
    const reply = await send({ type: 'page', anonymousId: 'attacker' });
    expect(titles(reply).join()).not.toMatch(/Jane/);
  });

  test.each([
    { secret: PREVIOUS_SECRET, which: 'the secret before this one', isTaken: true },
    { secret: 'one that it never had', which: 'any other secret', isTaken: false },
  ])('a signature made with $which: taken is $isTaken', async ({ secret, isTaken }) => {
    const { send } = await withMember('signed');
    const context = { userHash: sign('member', secret) };
    const reply = await send({ ...page, context, anonymousId: 'tablet' });
    expect(titles(reply).join().includes('Jane')).toBe(isTaken);
    expect('unsigned' in reply).toBe(!isTaken);
  });

  test('a shop that forgets to sign is told how many userIds were left out', async () => {
    const { send } = open('signed');
    expect(await send(page)).toMatchObject({ success: true, unsigned: 1 });
    expect(await send({ ...page, ...signed })).not.toHaveProperty('unsigned');
  });
});

describe('with unsigned identities', () => {
  test('no content of a member is shown to another browser', async () => {
    for (const { message } of attacks.slice(0, 2)) {
      const { send } = await withMember('unsigned');
      expect(titles(await send(message)).join()).not.toMatch(/Jane|3 in cart/);
    }
  });

  test('a guessed userId does write: this is what signing is for', async () => {
    const { send, member } = await withMember('unsigned');
    const before = member();
    await send(attacks[2]?.message ?? {});
    expect(member()).not.toEqual(before);
  });
});
