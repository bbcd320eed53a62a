import { expect, test } from 'vitest';
import { eventually, useShop } from '../testing/shop-suite.ts';
import { stub } from './snippet.ts';

const shop = useShop();

/** Calls a method of `window.tenth` in the page. */
const call = (method: string, ...args: unknown[]) =>
  `window.tenth.${method}(${args.map((arg) => JSON.stringify(arg)).join(', ')})`;

test('a page view is reported by itself, in the words of the page', async () => {
  const { tenth, visit } = bound();
  await visit({
    head: '<meta name="tenth:page-category" content="product"><meta name="tenth:page-name" content="셔츠">',
  });
  await eventually(() => expect(tenth.received).toHaveLength(1));
  const [batch] = tenth.received;
  expect(batch).toMatchObject({ writeKey: 'wk', decide: true, settingsVersion: 0 });
  expect(batch?.contentType).toMatch(/^text\/plain/);
  expect(tenth.paths.some((path) => path.startsWith('OPTIONS'))).toBe(false);
  expect(batch?.batch).toHaveLength(1);
  expect(batch?.batch[0]).toMatchObject({
    type: 'page',
    name: '셔츠',
    category: 'product',
    properties: { path: '/', title: 'Shop', category: 'product' },
    context: {
      page: { path: '/', search: '', title: 'Shop', referrer: '' },
      locale: 'ko',
      library: { name: 'tenth.js' },
      consent: 'unknown',
    },
  });
});

test('calls queued before the script came are sent with the page view, in one request', async () => {
  const { tenth, visit } = bound();
  await visit({
    head: `<script>window.tenth = window.tenth || []; tenth.push(['track', 'Early', {n: 1}]);</script>`,
  });
  await eventually(() => expect(tenth.events).toHaveLength(2));
  expect(tenth.received).toHaveLength(1);
  expect(tenth.named('Early')[0]).toMatchObject({ properties: { n: 1 } });
});

test('the stub of the snippet takes calls in analytics.js style, and its own page() replaces the automatic one', async () => {
  const { tenth, visit } = bound();
  await visit({
    head: `<script>${stub}; tenth.identify('u1', {tier: 'gold'}); tenth.page('Shop', 'Home')</script>`,
  });
  await eventually(() => expect(tenth.events).toHaveLength(2));
  const [identify, page] = tenth.events;
  expect(identify).toMatchObject({ type: 'identify', userId: 'u1', traits: { tier: 'gold' } });
  expect(page).toMatchObject({ type: 'page', name: 'Home', category: 'Shop', userId: 'u1' });
});

test('the script on the page twice counts once', async () => {
  const { tenth, visit } = bound();
  const page = await visit({
    body: `<script async src="${tenth.origin}/t.js" data-write-key="wk"></script>`,
  });
  await page.waitForLoadState('networkidle');
  expect(tenth.events).toHaveLength(1);
});

test('navigation inside a single-page shop is a page view when path or search changes', async () => {
  const { tenth, visit, origin } = bound();
  const page = await visit();
  await page.evaluate(() => {
    history.pushState({}, '', '/p/1');
    document.title = 'Product 1';
  });
  await eventually(() => expect(tenth.events).toHaveLength(2));
  await page.evaluate(() => history.replaceState({}, '', '/p/1#reviews'));
  await page.evaluate(() => history.replaceState({}, '', '/p/1?size=m'));
  await eventually(() => expect(tenth.events).toHaveLength(3));
  await page.goBack();
  await eventually(() => expect(tenth.events).toHaveLength(4));
  const paths = tenth.events.map((event) => (event.context.page as { url: string }).url);
  expect(paths).toEqual(['/', '/p/1', '/p/1?size=m', '/'].map((path) => origin + path));
  expect(tenth.events[1]?.context.page).toMatchObject({
    title: 'Product 1',
    referrer: `${origin}/`,
  });
});

test('a shop that reports page views itself is left to it', async () => {
  const { tenth, visit } = bound();
  const page = await visit({ attributes: 'data-auto-page="false"' });
  await page.evaluate(() => history.pushState({}, '', '/p/2'));
  await page.waitForFunction('window.tenth && window.tenth.user');
  await page.evaluate(call('track', 'Only This'));
  await eventually(() => expect(tenth.events).toHaveLength(1));
});

test('a visitor keeps the ids over page loads, and reset makes a new one', async () => {
  const { tenth, visit } = bound();
  const page = await visit();
  await eventually(() => expect(tenth.events).toHaveLength(1));
  await page.evaluate(call('identify', 'u1'));
  await eventually(() => expect(tenth.events).toHaveLength(2));
  await page.reload();
  await eventually(() => expect(tenth.events).toHaveLength(3));
  const [first, , again] = tenth.events;
  expect(again?.anonymousId).toBe(first?.anonymousId);
  expect(again?.userId).toBe('u1');
  const cookie = (await page.context().cookies()).find(({ name }) => name === 'tenth_id');
  expect(cookie).toMatchObject({ value: first?.anonymousId, sameSite: 'Lax' });
  await page.evaluate(call('reset'));
  await page.evaluate(call('track', 'After'));
  await eventually(() => expect(tenth.named('After')).toHaveLength(1));
  const [after] = tenth.named('After');
  expect(after?.anonymousId).not.toBe(first?.anonymousId);
  expect(after?.userId).toBeUndefined();
});

test('options carry context, integrations, time and messageId, and the callback runs', async () => {
  const { tenth, visit } = bound();
  const page = await visit();
  await page.waitForFunction('window.tenth && window.tenth.user');
  await page.evaluate(`new Promise((done) => window.tenth.track('Full', { price: 1 }, {
    timestamp: '2026-01-02T03:04:05.000Z', messageId: 'mine', integrations: { All: false },
    context: { userHash: 'abc' },
  }, done))`);
  await eventually(() => expect(tenth.named('Full')).toHaveLength(1));
  expect(tenth.named('Full')[0]).toMatchObject({
    messageId: 'mine',
    timestamp: '2026-01-02T03:04:05.000Z',
    integrations: { All: false },
    context: { userHash: 'abc' },
  });
});

test('what the shop does wrong in a call never throws at it', async () => {
  const { visit, shopUnderTest } = bound();
  const page = await visit();
  await page.waitForFunction('window.tenth && window.tenth.user');
  await page.evaluate(`(() => {
    const circle = {}; circle.self = circle;
    window.tenth.track('Circle', circle);
    window.tenth.track();
    window.tenth.track('Old', {}, { timestamp: 'yesterday' });
    window.tenth.push(['nonsense'], 7, null);
    window.tenth.ready('not a function');
    window.tenth.track('Callback', () => { throw new Error('the shop'); });
  })()`);
  await page.waitForLoadState('networkidle');
  expect(shopUnderTest.problems).toEqual([]);
});

test('a page that is loaded ahead is reported when the visitor comes to it', async () => {
  const { tenth, visit, shopUnderTest } = bound();
  const page = await visit({ hasScript: false });
  await page.addInitScript(() => {
    Object.defineProperty(document, 'prerendering', { value: true, configurable: true });
  });
  shopUnderTest.page = { head: `<script>${stub}; tenth.track('Early')</script>` };
  await page.goto(`${shopUnderTest.origin}/`);
  await page.waitForLoadState('networkidle');
  expect(tenth.events).toEqual([]);
  expect(await page.context().cookies()).toEqual([]);
  await page.evaluate(() => {
    Object.defineProperty(document, 'prerendering', { value: false });
    document.dispatchEvent(new Event('prerenderingchange'));
  });
  await eventually(() => expect(tenth.events).toHaveLength(2));
});

function bound() {
  const shopUnderTest = shop.get();
  return {
    shopUnderTest,
    tenth: shopUnderTest.tenth,
    origin: shopUnderTest.origin,
    visit: shopUnderTest.visit.bind(shopUnderTest),
  };
}
