import { expect, test } from 'vitest';
import { type PartCheck, Readiness } from './readiness.ts';

const good = (part: PartCheck['part']): PartCheck => ({
  part,
  otherwise: 'failing',
  unanswered: 'it does not answer',
  check: async () => undefined,
});

test('until it has started, and from the stop on, it is not ready and says so', async () => {
  const readiness = new Readiness([good('operational_store')], () => 0);
  const starting = await readiness.check();
  expect(starting).toMatchObject({ status: 'not_ready', parts: [{ detail: 'starting' }] });
  readiness.markReady();
  expect((await readiness.check()).status).toBe('ready');
  readiness.markStopping();
  const stopping = await readiness.check();
  expect(stopping).toMatchObject({ status: 'not_ready', parts: [{ detail: 'stopping' }] });
});

test('a part that can be done without degrades, one that cannot keeps it from being ready', async () => {
  const log: PartCheck = {
    ...good('event_log'),
    otherwise: 'degraded',
    check: () => Promise.reject(new Error('away')),
  };
  const degraded = new Readiness([good('operational_store'), log], () => 0);
  degraded.markReady();
  expect(await degraded.check()).toEqual({
    status: 'degraded',
    parts: [
      { part: 'operational_store', state: 'ok', detail: undefined },
      { part: 'event_log', state: 'degraded', detail: 'it does not answer' },
    ],
  });
  const store = { ...good('operational_store'), check: async () => 'the disk is full' };
  const notReady = new Readiness([store, log], () => 0);
  notReady.markReady();
  expect(await notReady.check()).toMatchObject({
    status: 'not_ready',
    parts: [{ detail: 'the disk is full' }, { state: 'degraded' }],
  });
});

test('a part that never answers does not keep the answer', async () => {
  const hanging = { ...good('operational_store'), check: () => new Promise<undefined>(() => {}) };
  const readiness = new Readiness([hanging], () => 0);
  readiness.markReady();
  expect((await readiness.check()).parts[0]?.detail).toBe('it does not answer');
});

test('however often it is asked, the stores are asked twice a second', async () => {
  let now = 0;
  let asked = 0;
  const counting: PartCheck = {
    ...good('operational_store'),
    async check() {
      asked += 1;
      return undefined;
    },
  };
  const readiness = new Readiness([counting], () => now);
  readiness.markReady();
  await Promise.all(Array.from({ length: 50 }, () => readiness.check()));
  expect(asked).toBe(1);
  now = 501;
  await readiness.check();
  expect(asked).toBe(2);
});
