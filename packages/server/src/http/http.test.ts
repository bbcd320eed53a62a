import { expect, test } from 'vitest';
import { openTestServer } from './testing/test-server.ts';

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

test('readiness says what is in the way', async () => {
  const ready = await openTestServer();
  expect((await ready.app.inject({ url: '/readyz' })).statusCode).toBe(200);
  const notReady = await openTestServer({ notReady: ['the event log does not answer'] });
  const reply = await notReady.app.inject({ url: '/readyz' });
  expect(reply.statusCode).toBe(503);
  expect(reply.json().reasons).toEqual(['the event log does not answer']);
  expect((await notReady.app.inject({ url: '/healthz' })).statusCode).toBe(200);
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
