import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, postBatch, readApi } from './harness/api.ts';
import { launchBrowser, newVisitor } from './harness/browser.ts';
import { ShopVisit } from './harness/shop-visit.ts';
import { API_KEY, startTenth, type TenthProcess } from './harness/tenth-process.ts';

/** Runs in any context where it is taken for markup or script. */
const HOSTILE = `"'><img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{{7*7}}`;
/** How it begins where it is shown as the text that it is. */
const SHOWN = `"'><img src=x`;

let tenth: TenthProcess;
let browser: Browser;

beforeAll(async () => {
  [tenth, browser] = await Promise.all([startTenth(), launchBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await tenth.stop();
});

async function put(path: string, body: object): Promise<void> {
  const reply = await fetch(`${tenth.origin}/api/v1/${path}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect([reply.status, reply.ok ? '' : await reply.text()]).toEqual([200, '']);
}

const campaign = (id: string, content: object, format: object = { kind: 'modal' }) => ({
  id,
  name: { en: `${id} ${HOSTILE}`, ko: `${id} ${HOSTILE}` },
  description: { en: HOSTILE },
  status: 'live',
  trigger: { kind: 'event', event: { type: 'track', name: 'Hostile' } },
  format,
  exclusiveGroup: id,
  variants: [{ id: 'a', content }],
  caps: { session: 10 },
  holdoutShare: 0,
  priority: 900,
  goal: { event: { type: 'track', name: 'Order Completed' } },
});
const both = (text: string) => ({ ko: text, en: text });

/** Runs code that a test has in the page, where names of the shop's script are not known to the compiler. */
const isHacked = (page: Page) => page.evaluate(`window.hacked === 1`);

test('what a visitor sends is shown as text by the script, and leads nowhere', async () => {
  await put(
    'campaigns/hostile-text',
    campaign('hostile-text', {
      title: both('Q {{ event.properties.q }}'),
      body: both('{{ person.name }} {{ event.properties.q }}'),
      actions: [{ label: both('{{ event.properties.q }}') }],
    }),
  );
  await put(
    'campaigns/hostile-html',
    campaign(
      'hostile-html',
      { html: both('<p title="{{ event.properties.q }}">H {{ event.properties.q }}</p>') },
      { kind: 'top_bar' },
    ),
  );
  await put(
    'campaigns/hostile-link',
    campaign(
      'hostile-link',
      {
        title: both('Link'),
        actions: [{ label: both('Go'), url: both('{{ event.properties.to }}') }],
      },
      { kind: 'bottom_bar' },
    ),
  );
  await put(
    'campaigns/hostile-bomb',
    campaign(
      'hostile-bomb',
      { title: both('{% for i in (1..event.properties.n) %}x{% endfor %}') },
      { kind: 'slide_in' },
    ),
  );
  const visit = await ShopVisit.begin(browser, 'desktop', tenth);
  await visit.open('/');
  const properties = JSON.stringify({
    q: HOSTILE,
    to: 'javascript:window.hacked=1',
    n: 999_999_999,
  });
  await visit.answered(
    () =>
      visit.page.evaluate(
        `window.tenth.identify({ name: ${JSON.stringify(HOSTILE)} }); window.tenth.track('Hostile', ${properties})`,
      ),
    '"Hostile"',
  );
  await visit.page.getByRole('heading', { name: `Q ${SHOWN}` }).waitFor();
  await visit.page.frameLocator('iframe').getByText(`H ${SHOWN}`).waitFor();
  expect(await isHacked(visit.page)).toBe(false);
  expect(await visit.page.frameLocator('iframe').locator('img').count()).toBe(0);
  const shown = visit.decisions.map(({ campaignId }) => String(campaignId));
  expect(shown).toEqual(expect.arrayContaining(['hostile-text', 'hostile-html']));
  expect(shown).not.toContain('hostile-link');
  expect(shown).not.toContain('hostile-bomb');

  const { events } = await eventually(
    () =>
      readApi<{ events: { name: string; trace: { considered: unknown[] } | null }[] }>(
        tenth.origin,
        '/api/v1/events?limit=100',
      ),
    (reply) => reply.events.some(({ name }) => name === 'Hostile'),
  );
  const considered = events.find(({ name }) => name === 'Hostile')?.trace?.considered;
  const notRendered = (campaignId: string, reason: string) => ({
    campaignId,
    outcome: { kind: 'not_rendered', reason: expect.stringContaining(reason) },
  });
  expect(considered).toContainEqual(notRendered('hostile-link', 'javascript:'));
  expect(considered).toContainEqual(notRendered('hostile-bomb', 'memory alloc limit'));
  await visit.end();
});

test('the console shows what anybody sent as text, and no page breaks its own policy', async () => {
  const page = {
    url: `https://shop.example/?utm_campaign=${encodeURIComponent(HOSTILE)}&utm_source=x`,
    path: `/${HOSTILE}`,
    title: HOSTILE,
    referrer: `https://search.naver.com/?query=${encodeURIComponent(HOSTILE)}`,
  };
  const product = {
    product_id: HOSTILE,
    name: HOSTILE,
    category: HOSTILE,
    brand: HOSTILE,
    price: 1_000,
    quantity: 1,
    currency: 'KRW',
  };
  const who = { anonymousId: 'hostile-device', userId: 'hostile-user' };
  await postBatch(tenth.origin, [
    { ...who, type: 'identify', traits: { name: HOSTILE, email: HOSTILE, [HOSTILE]: HOSTILE } },
    {
      ...who,
      type: 'page',
      name: HOSTILE,
      properties: page,
      context: { page, userAgent: HOSTILE },
    },
    { ...who, type: 'track', event: HOSTILE, properties: { [HOSTILE]: HOSTILE } },
    { ...who, type: 'track', event: 'Product Viewed', properties: product },
    { ...who, type: 'track', event: 'Product Added', properties: product },
    { ...who, type: 'track', event: 'Hostile', properties: { q: HOSTILE } },
  ]);
  await put('segments/hostile', {
    id: 'hostile',
    name: both(HOSTILE),
    description: both(HOSTILE),
    condition: { kind: 'trait', name: HOSTILE, test: { op: 'is', value: HOSTILE } },
  });
  const context = await newVisitor(browser, 'desktop');
  const { complaints, console } = await openConsole(context);
  await eventually(
    () => readApi<{ events: unknown[] }>(tenth.origin, '/api/v1/people/userId:hostile-user/events'),
    ({ events }) => events.length >= 6,
  );
  const person = 'people/userId%3Ahostile-user';
  const paths = [
    '',
    'live',
    'people',
    person,
    `${person}?tab=events`,
    `${person}?tab=explain`,
    `${person}?tab=merges`,
    'segments',
    'campaigns',
    'campaigns/hostile-text',
    'campaigns/hostile-html?tab=definition',
    'settings',
  ];
  const showing: string[] = [];
  for (const path of paths) {
    await console.goto(`${tenth.origin}/console/${path}`);
    await console.getByRole('heading', { level: 1 }).first().waitFor();
    await console.waitForLoadState('networkidle');
    if ((await console.locator('body').innerText()).includes(SHOWN)) {
      showing.push(path);
    }
    expect([path, await isHacked(console)]).toEqual([path, false]);
  }
  expect(showing).toEqual(expect.arrayContaining(['people', person, 'segments', 'campaigns']));

  // The chart's tooltip is drawn by a library.
  await console.goto(`${tenth.origin}/console/`);
  const chart = console.getByRole('img', { name: /일별/ });
  await chart.hover();
  await chart.locator('b').first().waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

/** A console that is signed in, and what its pages complain of. */
async function openConsole(context: BrowserContext) {
  const complaints: string[] = [];
  await context.exposeFunction('complain', (text: string) => complaints.push(text));
  await context.addInitScript(
    `addEventListener('securitypolicyviolation', (event) => complain(event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sample))`,
  );
  const console = await context.newPage();
  console.on('pageerror', (error) => complaints.push(error.message));
  await console.goto(`${tenth.origin}/console/`);
  const status = await console.evaluate(`fetch('/api/v1/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: 'long enough for this' }),
  }).then((reply) => reply.status)`);
  expect(status).toBe(200);
  return { complaints, console };
}
