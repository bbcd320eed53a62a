import { workspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { generateHistory, toLogRecords } from '../measure/testing/generated-history.ts';
import { decodeLogRecords, encodeLogRecords, encodeLogRecordsSync } from './log-record-codec.ts';

const fromMs = Date.parse('2026-03-01T00:00:00Z');
const history = generateHistory({
  seed: 3,
  profiles: 60,
  fromMs,
  toMs: fromMs + 10 * DAY_MS,
  campaignIds: ['hero'],
});
const records = toLogRecords(history, workspaceId.parse('mine'), 100);

test('what goes in comes out', async () => {
  expect(await decodeLogRecords(await encodeLogRecords(records))).toEqual(records);
  expect(await decodeLogRecords(encodeLogRecordsSync(records))).toEqual(records);
});

test('properties are kept once, and are again those of the payload', async () => {
  const [record] = await decodeLogRecords(encodeLogRecordsSync(records));
  const event = record?.events.find((logged) => logged.event.type === 'track')?.event;
  expect(event?.properties).toBe(event?.payload.properties);
});

test('properties that are not those of the payload stand for themselves', async () => {
  const first: LogRecord | undefined = records[0];
  if (first === undefined) {
    throw new Error('the history is empty');
  }
  const events = first.events.map((logged) => ({
    ...logged,
    event: { ...logged.event, properties: { mended: true }, traits: {} },
  }));
  const [record] = await decodeLogRecords(encodeLogRecordsSync([{ ...first, events }]));
  expect(record?.events).toEqual(events);
});

test('a body that is none is refused', async () => {
  await expect(decodeLogRecords(new Uint8Array())).rejects.toThrow('unknown format none');
  await expect(decodeLogRecords(new Uint8Array([1, 2, 3]))).rejects.toThrow();
});
