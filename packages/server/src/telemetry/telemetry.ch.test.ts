import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@tenth/model/api.ts';
import { previewPath } from '@tenth/model/preview.ts';
import { simulationPath } from '@tenth/model/simulation.ts';
import { eventStreamPath } from '@tenth/model/timeline-event.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  API_KEY,
  buildForTests,
  removeBuild,
  runTenth,
  type TenthRun,
  WRITE_KEY,
} from '../cli/testing/run-tenth.ts';
import { endpoints } from '../http/collection/endpoints.ts';
import { type OtlpReceiver, startOtlpReceiver } from './testing/otlp-receiver.ts';

/** In every value that a visitor could have sent. */
const MARK = 'markedperson';
const EMAIL = `${MARK}@example.com`;
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';

const folder = mkdtempSync(join(tmpdir(), 'tenth-telemetry-'));
let receiver: OtlpReceiver;
let tenth: TenthRun;
let output = '';

beforeAll(async () => {
  await buildForTests();
  receiver = await startOtlpReceiver();
  tenth = await runTenth(['demo'], {
    TENTH_DATA_DIR: join(folder, 'data'),
    TENTH_LOG_LEVEL: 'trace',
    TENTH_TRUST_PROXY: 'true',
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
  });
  await tenth.ready();
  await sendToCollection();
  await readPerson();
  await sendToAdministration();
  await sendGarbage();
  ({ output } = await tenth.stop());
}, 120_000);
afterAll(async () => {
  await receiver.close();
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

const markedHeaders = {
  'user-agent': `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 ${MARK}`,
  referer: `https://shop.example/${MARK}?email=${EMAIL}`,
  cookie: `name=${MARK}`,
  'x-forwarded-for': `203.0.113.7, ${MARK}`,
  'x-request-id': EMAIL,
  traceparent: `00-${TRACE_ID}-b7ad6b7169203331-01`,
};

async function send(path: string, init: RequestInit): Promise<number> {
  const reply = await fetch(`${tenth.origin}${path}`, {
    redirect: 'manual',
    signal: AbortSignal.timeout(5_000),
    ...init,
    headers: { ...markedHeaders, ...init.headers },
  });
  // The live stream has no end.
  await reply.body?.cancel();
  return reply.status;
}

async function sendToCollection(): Promise<void> {
  const good = {
    type: 'track',
    event: `Bought ${MARK}`,
    userId: EMAIL,
    anonymousId: `a-${MARK}`,
    previousId: `p-${MARK}`,
    groupId: `g-${MARK}`,
    traits: { email: EMAIL, name: MARK, [MARK]: 1 },
    properties: { note: MARK, products: [{ product_id: MARK, price: 1, currency: 'KRW' }] },
    context: { page: { url: `https://shop.example/${MARK}?q=${MARK}` }, ip: MARK },
  };
  const bad: readonly object[] = [
    { ...good, userId: { is: MARK } },
    { ...good, userId: `${MARK}\u0000`, anonymousId: `\ud800${MARK}` },
    { ...good, timestamp: MARK },
    { ...good, messageId: MARK.repeat(50) },
    { ...good, type: MARK },
    { ...good, traits: MARK },
    { ...good, context: MARK },
  ];
  for (const { path, isDecide } of endpoints) {
    for (const event of [good, ...bad]) {
      const type = /\/v1\/(track|identify|page|screen|group|alias)$/.exec(path)?.[1];
      const one = type === undefined ? event : { ...event, type };
      const body = path.endsWith('/batch') ? { batch: [one, good] } : one;
      await send(`${path}?email=${EMAIL}`, {
        method: 'POST',
        body: JSON.stringify({ ...body, writeKey: WRITE_KEY, decide: isDecide === true }),
      });
    }
    await send(path, { method: 'POST', body: `{"writeKey": "${WRITE_KEY}", ${MARK}` });
    await send(path, { method: 'POST', body: JSON.stringify({ ...good, writeKey: MARK }) });
    await send(path, { method: 'POST', body: MARK, headers: { 'content-encoding': 'gzip' } });
    await send(path, { method: 'PUT', body: MARK });
  }
}

/** Each route with the mark in every place, as somebody with a key and as somebody without. */
async function sendToAdministration(): Promise<void> {
  const streams = [
    { method: 'GET', path: eventStreamPath },
    { method: 'POST', path: previewPath },
    { method: 'POST', path: simulationPath },
  ];
  for (const { method, path } of [...Object.values(routes), ...streams]) {
    const filled = path.replaceAll(/:(\w+)/g, (_, name: string) =>
      name === 'person' ? `userId:${EMAIL}` : MARK,
    );
    for (const authorization of [`Bearer ${API_KEY}`, `Bearer ${MARK}`]) {
      const wants = method === 'GET' ? {} : { body: JSON.stringify({ [MARK]: EMAIL }) };
      await send(`${filled}?search=${EMAIL}&person=${MARK}`, {
        method,
        ...wants,
        headers: { authorization, 'content-type': 'application/json' },
      });
      await send(filled, { method, headers: { authorization } });
    }
  }
}

/** Proves that the events above were taken, or nothing could have got into the log. */
async function readPerson(): Promise<void> {
  const asReader = { headers: { authorization: `Bearer ${API_KEY}` } };
  expect(await send(`/api/v1/people/userId:${EMAIL}`, asReader)).toBe(200);
  expect(await send(`/api/v1/people/userId:${EMAIL}/events`, asReader)).toBe(200);
}

async function sendGarbage(): Promise<void> {
  for (const path of [
    `/v1/${MARK}`,
    `/${MARK}%zz`,
    `/console/${MARK}`,
    `/v1/projects/${MARK}/settings`,
  ]) {
    await send(path, {});
  }
  const { port } = new URL(tenth.origin);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.end(`${MARK} / ${MARK}\r\n\r\n`),
    );
    socket.on('close', () => resolve()).on('error', () => resolve());
    socket.resume();
  });
}

test('whatever is sent, nothing of a visitor gets into the log', () => {
  // The frame with the addresses is for who started it, keys and all.
  const logged = output.split('\n').filter((line) => line.startsWith('{'));
  expect(logged.length).toBeGreaterThan(200);
  expect(logged.filter((line) => line.toLowerCase().includes(MARK))).toEqual([]);
  expect(logged.some((line) => line.includes('203.0.113.7'))).toBe(false);
  expect(logged.some((line) => line.includes(API_KEY))).toBe(false);
});

test('a line names its request by id, route and status', () => {
  const answered = output
    .split('\n')
    .filter((line) => line.includes('http.request.answered'))
    .map((line): unknown => JSON.parse(line));
  expect(answered).toContainEqual(
    expect.objectContaining({
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      method: 'GET',
      route: '/api/v1/people/:person',
      status: 200,
      ms: expect.any(Number),
    }),
  );
});

test('a trace goes from the caller over the request to commit, ship and the event log', () => {
  const { spans } = receiver;
  const requests = spans.filter(({ name }) => name === 'POST /v1/batch');
  expect(requests.length).toBeGreaterThan(5);
  expect(requests.every(({ traceId }) => traceId === TRACE_ID)).toBe(true);
  const childOf = (child: string, parent: string) => {
    const parents = new Set(
      spans.filter(({ name }) => name === parent).map(({ spanId }) => spanId),
    );
    return spans.filter(
      ({ name, parentSpanId }) => name === child && parents.has(parentSpanId ?? ''),
    );
  };
  expect(childOf('pipeline.process', 'POST /v1/batch')).not.toEqual([]);
  expect(childOf('event_log.query', 'GET /api/v1/people/:person/events')).not.toEqual([]);
  expect(spans.some(({ name }) => name === 'commit')).toBe(true);
  expect(spans.some(({ name }) => name === 'ship.batch')).toBe(true);
  expect(receiver.text()).toContain('"service.name"');
  expect(receiver.text().toLowerCase()).not.toContain(MARK);
});
