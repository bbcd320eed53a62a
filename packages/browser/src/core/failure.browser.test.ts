import { expect, test } from 'vitest';
import { aDecision } from '../testing/a-decision.ts';
import { type Answer, decide, ok } from '../testing/fake-tenth.ts';
import { eventually, useShop } from '../testing/shop-suite.ts';

const shop = useShop();

const raw = (status: number, type: string, body: string): Answer => ({
  kind: 'raw',
  status,
  type,
  body,
});

const button = '<button onclick="this.textContent=\'bought\'">buy</button>';

const garbage: readonly (readonly [string, Answer])[] = [
  ['a page of HTML', raw(200, 'text/html', '<html><h1>Welcome to nginx')],
  ['half an answer', raw(200, 'application/json', '{"success":true,"decisions":[{"act')],
  ['nothing', raw(200, 'application/json', '')],
  ['a number', raw(200, 'application/json', '7')],
  ['decisions that are none', raw(200, 'application/json', '{"success":true,"decisions":7}')],
  [
    'decisions and settings of wrong types',
    raw(
      200,
      'application/json',
      '{"success":1,"decisions":[null,{"action":"show"},{"action":"show","decisionId":"a","campaignId":"b","variantId":"c","expiresAt":9e15,"format":{"kind":"modal"},"content":{"locale":"ko","actions":5}}],"settings":{"version":1,"watches":[{"kind":"element_seen","selector":"(("},{"kind":"no"},null],"brand":5,"takeOverDataLayer":"yes"}}',
    ),
  ],
  ['an error', raw(500, 'text/plain', 'no')],
  ['no answer at all', { kind: 'hang' }],
];

test.each(garbage)(
  'with %s from the server the shop works as without the script',
  async (_, answer) => {
    shop.get().tenth.answer = () => answer;
    const page = await shop.get().visit({ body: button });
    await eventually(() => expect(shop.get().tenth.received.length).toBeGreaterThan(0));
    await page.click('button');
    await page.waitForTimeout(300);
    expect(await page.textContent('button')).toBe('bought');
    expect(await page.locator('[data-tenth-decision]').count()).toBe(0);
    expect(shop.get().problems).toEqual([]);
    const ours = shop.get().lines.filter((line) => line.includes('[tenth]'));
    expect(ours.length).toBeLessThanOrEqual(1);
    expect(ours.every((line) => line.startsWith('debug:'))).toBe(true);
  },
);

test('a server that is down does not stop the page', async () => {
  const page = await shop.get().visit({
    body: button,
    attributes: 'data-endpoint="http://127.0.0.1:9"',
  });
  await page.waitForFunction('window.tenth && window.tenth.user');
  await page.evaluate(`window.tenth.track('Lost')`);
  await page.click('button');
  await page.waitForTimeout(300);
  expect(shop.get().problems).toEqual([]);
});

test('a chunk that cannot be loaded is one debug line', async () => {
  shop.get().tenth.answer = () => decide(aDecision());
  const page = await shop.get().visit({ hasScript: false, body: button });
  await page.route('**/render-*.js', (route) => route.abort());
  shop.get().page = { body: button };
  await page.goto(`${shop.get().origin}/`);
  await eventually(() =>
    expect(shop.get().lines.filter((line) => line.startsWith('debug: [tenth]'))).toHaveLength(1),
  );
  expect(shop.get().problems).toEqual([]);
});

test('a page that blocks all storage is served all the same', async () => {
  const page = await shop.get().visit({ hasScript: false });
  await page.addInitScript(() => {
    const blocked = {
      get() {
        throw new DOMException('blocked', 'SecurityError');
      },
    };
    Object.defineProperty(window, 'localStorage', blocked);
    Object.defineProperty(Document.prototype, 'cookie', { ...blocked, set: blocked.get });
  });
  shop.get().page = {};
  await page.goto(`${shop.get().origin}/`);
  await eventually(() => expect(shop.get().tenth.events).toHaveLength(1));
  expect(shop.get().problems).toEqual([]);
});

test.each([
  ['a 503', raw(503, 'text/plain', 'later')],
  ['a 429', raw(429, 'text/plain', 'slower')],
  ['a cut-off answer', raw(200, 'application/json', '{"succ')],
])('after %s the same event is sent again, once, under the same messageId', async (_, failure) => {
  const { tenth } = shop.get();
  tenth.answer = () => (tenth.received.length === 1 ? failure : ok);
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.received).toHaveLength(2));
  await page.reload();
  await eventually(() => expect(tenth.received).toHaveLength(3));
  const [first, second, afterReload] = tenth.events;
  expect(second?.messageId).toBe(first?.messageId);
  expect(afterReload?.messageId).not.toBe(first?.messageId);
  expect(tenth.events).toHaveLength(3);
});

test('an event that a failing server did not take is sent by the next page', async () => {
  const { tenth } = shop.get();
  tenth.answer = () => raw(503, 'text/plain', 'later');
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.received).toHaveLength(1));
  const lost = tenth.events[0]?.messageId;
  tenth.forget();
  await page.reload();
  await eventually(() => expect(tenth.events.map(({ messageId }) => messageId)).toContain(lost));
});

test('an event the server refuses is not sent again', async () => {
  const { tenth } = shop.get();
  tenth.answer = () => raw(400, 'application/json', '{}');
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.received).toHaveLength(1));
  tenth.answer = () => ok;
  await page.reload();
  await eventually(() => expect(tenth.received).toHaveLength(2));
  expect(tenth.events).toHaveLength(2);
});

test('an event of the last moment leaves with the page', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit();
  await eventually(() => expect(tenth.received).toHaveLength(1));
  // A page without the script, so that nobody sends later what was missed now.
  await page.route('**/elsewhere', (route) => route.fulfill({ body: 'elsewhere' }));
  // Left a turn later, and waited for: closing a page that is on its way elsewhere can hang.
  await page.evaluate(
    `window.tenth.track('Leaving'); setTimeout(() => { location.href = '/elsewhere'; }, 0)`,
  );
  await page.waitForURL('**/elsewhere');
  await eventually(() => expect(tenth.named('Leaving').length).toBeGreaterThan(0));
});

test('many events go in bodies below 60 KB', async () => {
  const { tenth } = shop.get();
  const page = await shop.get().visit();
  await page.waitForFunction('window.tenth && window.tenth.user');
  await page.evaluate(
    `for (let i = 0; i < 40; i++) window.tenth.track('Big', { i, text: '가'.repeat(1500) })`,
  );
  await eventually(() => expect(tenth.named('Big')).toHaveLength(40));
  const sizes = tenth.received.map((batch) => Buffer.byteLength(JSON.stringify(batch)));
  expect(Math.max(...sizes)).toBeLessThan(60_000);
  expect(new Set(tenth.named('Big').map(({ messageId }) => messageId)).size).toBe(40);
});

test('a strict Content-Security-Policy is enough: no inline style or script is needed', async () => {
  const { tenth } = shop.get();
  tenth.answer = () =>
    decide(
      aDecision({
        content: {
          progress: { value: 1, max: 2 },
          coupon: { code: 'A1' },
          countdown: { endsAt: 9e12 },
        },
      }),
    );
  const page = await shop.get().visit({
    csp: `default-src 'none'; script-src ${tenth.origin}; style-src 'self'; connect-src ${tenth.origin}`,
  });
  const width = page.locator('.fill').evaluate((fill) => fill.getBoundingClientRect().width);
  expect(await width).toBeGreaterThan(50);
  await page.locator('.close').click();
  await eventually(() => expect(tenth.named('Message Dismissed')).toHaveLength(1));
  expect(shop.get().lines.filter((line) => /Content.Security.Policy/i.test(line))).toEqual([]);
});
