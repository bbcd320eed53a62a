import { expect, test } from 'vitest';
import { createWaitingHttp } from './waiting-http.ts';

const reason = 'PostgreSQL does not answer (ECONNREFUSED): look at the server and at DATABASE_URL';

const open = () =>
  createWaitingHttp({
    readiness: {
      check: async () => ({
        status: 'not_ready',
        parts: [{ part: 'operational_store', state: 'failing', detail: reason }],
      }),
    },
    publicUrl: undefined,
  });

test('it is alive and not ready, and says why', async () => {
  const app = await open();
  expect((await app.inject({ url: '/healthz' })).statusCode).toBe(200);
  const ready = await app.inject({ url: '/readyz' });
  expect([ready.statusCode, ready.json().reasons]).toEqual([503, [reason]]);
});

test.each([
  ['GET', '/console/'],
  ['GET', '/metrics'],
  ['POST', '/api/v1/session'],
  ['DELETE', '/api/v1/people/userId:u1'],
  ['POST', '/v1/batch'],
  ['POST', '/healthz'],
] as const)('%s %s is refused for now, whatever is sent', async (method, url) => {
  const app = await open();
  const reply = await app.inject({
    method,
    url,
    headers: { 'content-type': 'text/csv' },
    payload: '{',
  });
  expect(reply.statusCode).toBe(503);
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  expect(reply.json().type).toBe('urn:tenth:problem:store-unavailable');
});

test('a page of the shop may read the refusal; administration stays closed to other sites', async () => {
  const app = await open();
  const asked = await app.inject({ method: 'OPTIONS', url: '/v1/batch' });
  expect([asked.statusCode, asked.headers['access-control-allow-origin']]).toEqual([204, '*']);
  const other = await app.inject({ url: '/api/v1/session' });
  expect(other.headers).not.toHaveProperty('access-control-allow-origin');
});
