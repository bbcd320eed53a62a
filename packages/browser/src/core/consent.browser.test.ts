import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();

/** Names of all that the script keeps in this browser. */
async function kept(page: Page): Promise<string[]> {
  const cookies = (await page.context().cookies()).map(({ name }) => name);
  const local = await page.evaluate(() => Object.keys(localStorage));
  return [...new Set([...cookies, ...local])].sort();
}

const isReady = (page: Page) => page.waitForFunction('window.tenth && window.tenth.user');

test('opt_in stores and sends nothing before a yes, then sends what was held', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit({ attributes: 'data-consent="opt_in"' });
  await isReady(page);
  await page.evaluate(`window.tenth.track('Held')`);
  await page.waitForLoadState('networkidle');
  expect(tenth.events).toEqual([]);
  expect(await kept(page)).toEqual([]);
  await page.evaluate('window.tenth.consent(true)');
  await eventually(() => expect(tenth.events).toHaveLength(2));
  expect(tenth.named('Held')[0]?.context.consent).toBe('granted');
  expect(new Set(tenth.events.map(({ anonymousId }) => anonymousId)).size).toBe(1);
  expect(await kept(page)).toContain('tenth_id');
});

test('opt_in drops what was held on a no, and remembers only the answer', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit({ attributes: 'data-consent="opt_in"' });
  await isReady(page);
  await page.evaluate('window.tenth.consent(false); window.tenth.track("Late")');
  await page.reload();
  await page.waitForLoadState('networkidle');
  expect(tenth.events).toEqual([]);
  expect(await kept(page)).toEqual(['tenth_consent']);
});

test('opt_out takes everything back on a no', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.events).toHaveLength(1));
  expect(await kept(page)).toContain('tenth_id');
  await page.evaluate('window.tenth.consent(false); window.tenth.track("Late")');
  await page.waitForLoadState('networkidle');
  expect(await kept(page)).toEqual(['tenth_consent']);
  expect(tenth.named('Late')).toEqual([]);
  expect(await page.evaluate('window.tenth.user().anonymousId')).toBeUndefined();
});

test('opt_out takes the privacy signal for a no: no request, no cookie, no storage', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit({}, { hasPrivacyControl: true });
  await isReady(page);
  await page.evaluate(`window.tenth.identify('u1')`);
  await page.waitForLoadState('networkidle');
  expect(tenth.events).toEqual([]);
  expect(await kept(page)).toEqual([]);
});

test('mode none sends under the privacy signal, but keeps and names nobody', async () => {
  const { tenth } = shop.get();
  const page = await shop
    .get()
    .visit({ attributes: 'data-consent="none"' }, { hasPrivacyControl: true });
  await isReady(page);
  await page.evaluate(
    `window.tenth.identify('u1', { email: 'a@b.kr' }); window.tenth.track('Seen')`,
  );
  await eventually(() => expect(tenth.named('Seen')).toHaveLength(1));
  expect(tenth.events.every((event) => event.type !== 'identify' && !event.userId)).toBe(true);
  expect(tenth.named('Seen')[0]?.context.gpc).toBe(true);
  expect(await kept(page)).toEqual([]);
});
