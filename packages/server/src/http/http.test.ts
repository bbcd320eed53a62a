import { expect, test } from 'vitest';
import { METRICS_TOKEN, openTestServer, WRITE_KEY } from './testing/test-server.ts';

test('an unknown address is a problem with a request id', async () => {
  const { app } = await openTestServer();
  const reply = await app.inject({ url: '/v1/nothing' });
  expect(reply.statusCode).toBe(404);
  expect(reply.headers['content-type']).toContain('application/problem+json');
  expect(reply.json()).toMatchObject({
    type: 'urn:tenth:problem:not-found',
    requestId: expect.any(String),
  });
});

test('readiness says what is in the way, as JSON and as text', async () => {
  const ready = await openTestServer();
  expect((await ready.app.inject({ url: '/readyz' })).statusCode).toBe(200);
  const late = { part: 'outbox', state: 'degraded', detail: 'it is late' } as const;
  const degraded = await openTestServer({ readiness: { status: 'degraded', parts: [late] } });
  expect((await degraded.app.inject({ url: '/readyz' })).statusCode).toBe(200);
  const away = { part: 'operational_store', state: 'failing', detail: 'it is away' } as const;
  const notReady = await openTestServer({
    readiness: { status: 'not_ready', parts: [away, late] },
  });
  const reply = await notReady.app.inject({ url: '/readyz' });
  expect(reply.statusCode).toBe(503);
  expect(reply.json()).toMatchObject({
    status: 'not_ready',
    reasons: ['it is away', 'it is late'],
    parts: { operational_store: { state: 'failing' } },
  });
  const text = await notReady.app.inject({ url: '/readyz', headers: { accept: 'text/plain' } });
  expect(text.statusCode).toBe(503);
  expect(text.body).toBe(
    'not ready\noperational_store failing: it is away\noutbox degraded: it is late\n',
  );
  expect((await notReady.app.inject({ url: '/healthz' })).statusCode).toBe(200);
});

test('metrics are for this machine and for who has the token', async () => {
  const { app } = await openTestServer();
  const read = (remoteAddress: string, headers: Record<string, string> = {}) =>
    app.inject({ url: '/metrics', remoteAddress, headers }).then(({ statusCode }) => statusCode);
  expect(await read('127.0.0.1')).toBe(200);
  expect(await read('::1')).toBe(200);
  expect(await read('10.0.0.7')).toBe(403);
  // A proxy on this machine, before somebody elsewhere.
  expect(await read('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe(403);
  expect(await read('10.0.0.7', { authorization: `Bearer ${METRICS_TOKEN}` })).toBe(200);
  expect(await read('10.0.0.7', { authorization: 'Bearer metrics-token-of-others' })).toBe(403);
});

test('what failed is logged with the request id, and without what a visitor sent', async () => {
  const lines: string[] = [];
  const { app } = await openTestServer({
    log: { write: (line) => lines.push(line) },
    collect: async ({ body }) => {
      const text = JSON.stringify(body);
      throw new Error(`Code: 27. DB::Exception: Cannot parse ${text}`, {
        cause: Object.assign(new Error(`Key (email)=(${text})`), { code: '23505' }),
      });
    },
  });
  const reply = await app.inject({
    method: 'POST',
    url: '/v1/track?email=kim@example.com',
    payload: { writeKey: WRITE_KEY, userId: 'kim@example.com', event: 'Bought' },
  });
  expect(reply.statusCode).toBe(500);
  const failed = lines.find((line) => line.includes('http.request.failed')) ?? '{}';
  expect(JSON.parse(failed)).toMatchObject({
    requestId: reply.json().requestId,
    err: { code: '27', at: expect.any(Array), cause: { code: '23505' } },
  });
  expect(lines.join('')).not.toContain('kim@example.com');
});

test('a request id that a proxy made is kept, and anything else is replaced', async () => {
  const { app } = await openTestServer();
  const idOf = async (given: string) => {
    const { headers, body } = await app.inject({ url: '/no', headers: { 'x-request-id': given } });
    expect(JSON.parse(body).requestId).toBe(headers['x-request-id']);
    return headers['x-request-id'];
  };
  expect(await idOf('0af7651916cd43dd8448eb211c80319c')).toBe('0af7651916cd43dd8448eb211c80319c');
  for (const given of ['kim.minsu@example.com', 'short', 'with space in it', 'x'.repeat(65)]) {
    expect(await idOf(given)).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('metrics are in the format of Prometheus', async () => {
  const { app } = await openTestServer();
  await app.inject({ url: '/healthz' });
  const reply = await app.inject({ url: '/metrics' });
  expect(reply.headers['content-type']).toContain('text/plain');
  expect(reply.body).toContain(
    'tenth_http_requests_total{class="health",route="/healthz",status="2xx"} 1',
  );
  expect(reply.body).toContain('nodejs_eventloop_lag_seconds');
});

test('the reference is a page that runs no script and loads nothing from elsewhere', async () => {
  const { app } = await openTestServer();
  const page = await app.inject({ url: '/api/' });
  expect(page.headers['content-type']).toContain('text/html');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.body).not.toContain('<script');
  expect(page.body).toContain('/v1/track');
  expect(page.body).toContain('/api/v1/campaigns/{id}');
  const ids = [...page.body.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, target] of page.body.matchAll(/href="#([^"]+)"/g)) {
    expect(ids).toContain(target);
  }
  expect((await app.inject({ url: '/api/reference.css' })).statusCode).toBe(200);
  expect((await app.inject({ url: '/api/openapi.json' })).json().openapi).toBe('3.1.0');
});

test('the front door leads to the console', async () => {
  const { app } = await openTestServer();
  expect((await app.inject({ url: '/' })).headers.location).toBe('/console/');
});

test('every reply forbids guessing at its type', async () => {
  const { app } = await openTestServer();
  for (const url of ['/healthz', '/api/', '/v1/nothing', '/api/v1/session']) {
    const reply = await app.inject({ url });
    expect(reply.headers['x-content-type-options'], url).toBe('nosniff');
  }
});
