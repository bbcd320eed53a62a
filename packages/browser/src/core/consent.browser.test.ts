import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { aDecision } from '../testing/a-decision.ts';
import { decide, ok } from '../testing/fake-tenth.ts';
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

const message = '[data-tenth-decision]';

/** A visitor with a message on the page, and nothing else under way. */
async function visitWithMessage(): Promise<Page> {
  const { tenth } = shop.get();
  tenth.answer = ({ batch }) =>
    batch.some((event) => event.type === 'page') ? decide(aDecision()) : ok;
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.named('Message Seen')).toHaveLength(1));
  return page;
}

test('a no in one tab holds in the others at once', async () => {
  const { tenth, origin } = shop.get();
  const page = await visitWithMessage();
  const other = await page.context().newPage();
  await other.goto(`${origin}/privacy`);
  await isReady(other);
  await other.evaluate('window.tenth.consent(false)');
  await page.locator(message).waitFor({ state: 'detached' });
  tenth.forget();
  await page.evaluate(`window.tenth.identify('u1'); window.tenth.track('Late')`);
  await page.waitForTimeout(300);
  expect(tenth.events).toEqual([]);
  expect(await kept(page)).toEqual(['tenth_consent']);
});

test('a yes in one tab sends what the others hold', async () => {
  const { tenth, origin } = shop.get();
  const page = await shop.get().visit({ attributes: 'data-consent="opt_in"' });
  await isReady(page);
  await page.evaluate(`window.tenth.track('Held')`);
  const other = await page.context().newPage();
  await other.goto(`${origin}/privacy`);
  await isReady(other);
  await other.evaluate('window.tenth.consent(true)');
  await eventually(() => expect(tenth.named('Held')).toHaveLength(1));
});

test('a no on another host of the shop holds from the next call on, and ends the tries again', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit({ hasScript: false });
  shop.get().page = {};
  const [mobile, desktop] = await Promise.all(
    ['m', 'www'].map(async (name) => {
      const opened = await page.context().newPage();
      await opened.goto(shop.get().originOf(`${name}.shop.localhost`));
      await isReady(opened);
      return opened;
    }),
  );
  await eventually(() => expect(tenth.events).toHaveLength(2));
  await eventually(async () =>
    expect(await mobile?.evaluate(`localStorage.getItem('tenth_queue')`)).toBeNull(),
  );
  tenth.answer = () => ({ kind: 'raw', status: 503, type: 'text/plain', body: 'later' });
  await mobile?.evaluate(`window.tenth.track('Before')`);
  await eventually(() => expect(tenth.named('Before')).toHaveLength(1));
  await desktop?.evaluate('window.tenth.consent(false)');
  await page.waitForTimeout(2_500);
  await mobile?.evaluate(`window.tenth.identify('u1'); window.tenth.track('After')`);
  await page.waitForTimeout(300);
  expect(tenth.named('Before')).toHaveLength(1);
  expect(tenth.named('After')).toEqual([]);
  expect(await mobile?.evaluate('Object.keys(localStorage)')).toEqual([]);
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['tenth_consent']);
});

test('a page out of the back-forward cache heeds the answer given meanwhile', async () => {
  const page = await visitWithMessage();
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as another page would have left it
    document.cookie = 'tenth_consent=denied;path=/';
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  });
  await page.locator(message).waitFor({ state: 'detached' });
});

test('a yes after a while counts for the page that is still open, at the time of the yes', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit({ attributes: 'data-consent="opt_in"' });
  await isReady(page);
  await page.evaluate(`window.tenth.track('Timed', {}, { timestamp: '2026-01-02T03:04:05.000Z' })`);
  await page.evaluate(() => history.pushState({}, '', '/next'));
  await page.waitForTimeout(100);
  const before = await page.evaluate(() => Date.now());
  await page.evaluate('window.tenth.consent(true)');
  await eventually(() => expect(tenth.events).toHaveLength(3));
  const views = tenth.events.filter((event) => event.type === 'page');
  const isAfter = views.map(({ timestamp }) => Date.parse(timestamp) >= before);
  expect(isAfter).toEqual([false, true]);
  expect(tenth.named('Timed')[0]?.timestamp).toBe('2026-01-02T03:04:05.000Z');
});
