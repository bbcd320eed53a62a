import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import RudderAnalytics from '@rudderstack/rudder-sdk-node';
import { Analytics } from '@segment/analytics-node';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, readApi, readPerson } from './harness/api.ts';
import { launchBrowser, newVisitor } from './harness/browser.ts';
import { startTenth, type TenthProcess, WRITE_KEY } from './harness/tenth-process.ts';

let tenth: TenthProcess;

beforeAll(async () => {
  tenth = await startTenth();
});

afterAll(async () => {
  await tenth.stop();
});

interface Timeline {
  readonly events: readonly { readonly name: string; readonly properties: unknown }[];
}

const timelineOf = (person: string) =>
  readApi<Timeline>(tenth.origin, `/api/v1/people/${person}/events`);

test('@segment/analytics-node, unmodified, identifies and tracks', async () => {
  const userId = `segment-${randomUUID()}`;
  const analytics = new Analytics({ writeKey: WRITE_KEY, host: tenth.origin });
  analytics.identify({ userId, traits: { name: 'Kim', plan: 'gold' } });
  analytics.track({
    userId,
    event: 'Order Completed',
    properties: { order_id: 'o1', total: 12_000, currency: 'KRW' },
  });
  await analytics.closeAndFlush();
  const person = await readApi<{ traits: Record<string, { value: unknown }>; orders: number }>(
    tenth.origin,
    `/api/v1/people/userId:${userId}`,
  );
  expect(person.traits['plan']?.value).toBe('gold');
  expect(person.orders).toBe(1);
});

test('@rudderstack/rudder-sdk-node, unmodified, identifies and tracks', async () => {
  const userId = `rudder-${randomUUID()}`;
  const client = new RudderAnalytics(WRITE_KEY, { dataPlaneUrl: tenth.origin, flushAt: 2 });
  client.identify({ userId, traits: { plan: 'silver' } });
  client.track({ userId, event: 'Product Viewed', properties: { product_id: 'p1' } });
  await client.flush();
  const { events } = await eventually(
    () => timelineOf(`userId:${userId}`),
    (timeline) => timeline.events.length === 2,
  );
  expect(events.map(({ name }) => name)).toContain('Product Viewed');
});

test('@segment/analytics-next, unmodified, works in a real browser with cdnURL set to Tenth', async () => {
  const page = await servePage(await bundleAnalyticsNext());
  const browser = await launchBrowser();
  try {
    const tab = await (await newVisitor(browser, 'desktop')).newPage();
    await tab.goto(page.origin);
    const anonymousId = await tab.evaluate('window.sent');
    expect(anonymousId).toEqual(expect.any(String));
    const { events } = await eventually(
      () => timelineOf(`anonymousId:${anonymousId}`),
      (timeline) => timeline.events.length >= 2,
    );
    expect(events.map(({ name }) => name)).toContain('Product Added');
    const person = await readPerson(tenth.origin, String(anonymousId));
    expect(person.cart?.totalMinor).toBe(7_000);
  } finally {
    await browser.close();
    page.server.close();
  }
});

async function bundleAnalyticsNext(): Promise<string> {
  const entry = `
    import { AnalyticsBrowser } from '@segment/analytics-next';
    const analytics = AnalyticsBrowser.load({ writeKey: '${WRITE_KEY}', cdnURL: '${tenth.origin}' });
    window.sent = (async () => {
      await analytics.page();
      await analytics.track('Product Added', { product_id: 'p1', price: 7000, currency: 'KRW' });
      return (await analytics.user()).anonymousId();
    })();`;
  const built = await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
    logLevel: 'error',
  });
  return built.outputFiles[0]?.text ?? '';
}

async function servePage(script: string): Promise<{ origin: string; server: Server }> {
  const server = createServer((request, reply) => {
    if (request.url === '/script.js') {
      reply.setHeader('content-type', 'text/javascript').end(script);
    } else {
      reply
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Shop</title><script src="/script.js"></script>');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  return { origin: `http://localhost:${typeof address === 'object' ? address?.port : 0}`, server };
}
