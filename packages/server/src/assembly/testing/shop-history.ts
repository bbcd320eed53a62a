import { routes } from '@tenth/model/api.ts';
import { expect, vi } from 'vitest';
import type { Shop } from './two-shops.ts';

/** Both shops call their things alike, so that a question that forgets the shop finds the other's too. */
export const sharedIds = {
  segment: 'vip',
  campaign: 'welcome',
  variable: 'spending',
  attribute: 'gender',
  list: 'members',
  userId: 'user-1',
  devices: ['device-1', 'device-2'],
} as const;

const named = (id: string, marker: string) => ({ id, name: { en: `${id} of ${marker}` } });

/** What a shop publishes, every text of it with the shop's marker. */
export function definitionsOf(marker: string) {
  return {
    workspace: { name: `Shop of ${marker}`, internalHosts: [`${marker}.example`] },
    segment: {
      ...named(sharedIds.segment, marker),
      condition: { kind: 'trait', name: 'city', test: { op: 'is', value: `city-${marker}` } },
    },
    variable: {
      ...named(sharedIds.variable, marker),
      levelling: {
        kind: 'thresholds',
        of: { kind: 'orders', measure: 'count' },
        levels: [{ ...named('low', marker), below: 1 }, named('high', marker)],
      },
    },
    attribute: {
      ...named(sharedIds.attribute, marker),
      values: [
        { ...named('f', marker), prior: 0.6 },
        { ...named('m', marker), prior: 0.4 },
      ],
    },
    campaign: {
      ...named(sharedIds.campaign, marker),
      status: 'live',
      trigger: { kind: 'event', event: { type: 'page' } },
      format: { kind: 'modal' },
      variants: [{ id: 'a', content: { title: { en: `Hello from ${marker}` } } }],
      caps: { session: 100 },
      holdoutShare: 0,
      goal: { event: { type: 'track', name: 'Order Completed' } },
    },
    list: `user_id\n${sharedIds.userId}\nuser-${marker}\n`,
  };
}

/** Publishes a shop's definitions and lets its one person visit, sign in on two devices, and buy. */
export async function fillShop(origin: string, { marker, apiKey, writeKey }: Shop): Promise<void> {
  const definitions = definitionsOf(marker);
  const send = async (method: string, path: string, type: string, body: string) => {
    const reply = await fetch(origin + path, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': type },
      body,
    });
    expect([path, reply.status, reply.ok ? '' : await reply.text()]).toEqual([path, 200, '']);
  };
  const put = (path: string, body: object) =>
    send('PUT', `/api/v1/${path}`, 'application/json', JSON.stringify(body));
  await put('workspace', definitions.workspace);
  await send('POST', '/api/v1/lists/members/members?by=user_id', 'text/csv', definitions.list);
  await put(`attributes/${sharedIds.attribute}`, definitions.attribute);
  await put(`variables/${sharedIds.variable}`, definitions.variable);
  await put(`segments/${sharedIds.segment}`, { ...definitions.segment, description: { en: 'x' } });
  await put(`segments/${sharedIds.segment}`, definitions.segment);
  await put(`campaigns/${sharedIds.campaign}`, definitions.campaign);
  for (const [index, message] of visit(marker).entries()) {
    const reply = await fetch(`${origin}/v1/batch`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}` },
      body: JSON.stringify({
        decide: true,
        batch: [{ messageId: `message-${index}`, ...message }],
      }),
    });
    expect(await reply.json()).toMatchObject({ success: true });
  }
  await eraseSomebody(origin, { apiKey, writeKey });
}

/** So that there is a certificate. */
async function eraseSomebody(
  origin: string,
  { apiKey, writeKey }: Pick<Shop, 'apiKey' | 'writeKey'>,
): Promise<void> {
  const headers = { authorization: `Bearer ${apiKey}` };
  await fetch(`${origin}/v1/track`, {
    method: 'POST',
    body: JSON.stringify({ writeKey, userId: 'who-left', event: 'Left' }),
  });
  const begun = await fetch(`${origin}/api/v1/people/userId:who-left`, {
    method: 'DELETE',
    headers,
  });
  const { erasure } = routes.erasePerson.reply.parse(await begun.json());
  await vi.waitFor(
    async () => {
      const reply = await fetch(`${origin}/api/v1/erasures/${erasure.erasureId}`, { headers });
      expect(await reply.json()).toMatchObject({ erasure: { state: 'done' } });
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** What the person does; sent with the same message ids in both shops. */
export function visit(marker: string): readonly object[] {
  const { userId, devices } = sharedIds;
  const [first, second] = devices;
  const page = {
    url: `https://${marker}.example/p/1?utm_campaign=campaign-${marker}`,
    path: `/p/${marker}`,
    title: `Title ${marker}`,
    referrer: `https://search.naver.com/search.naver?query=keyword+${marker}`,
  };
  const product = {
    product_id: `product-${marker}`,
    name: `Shirt ${marker}`,
    category: `category-${marker}`,
    brand: `brand-${marker}`,
    price: 10_000,
    quantity: 1,
    currency: 'KRW',
  };
  const traits = {
    name: `Kim ${marker}`,
    email: `kim@${marker}.example`,
    city: `city-${marker}`,
  };
  const track = (event: string, properties: object) => ({
    type: 'track',
    event,
    anonymousId: first,
    userId,
    properties,
  });
  return [
    { type: 'page', anonymousId: first, properties: page, context: { page } },
    { type: 'identify', anonymousId: first, userId, traits },
    { type: 'page', anonymousId: second, properties: page, context: { page } },
    { type: 'identify', anonymousId: second, userId, traits },
    track('Product Viewed', product),
    track('Product Added', product),
    track('Order Completed', {
      order_id: `order-${marker}`,
      revenue: 10_000,
      currency: 'KRW',
      products: [product],
    }),
    track(`Said ${marker}`, { note: marker }),
  ];
}
