import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workspaceId } from '@tenth/model/ids.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateHistory, toLogRecords } from '../../measure/testing/generated-history.ts';
import { packBody } from '../../ship/outbox-body.ts';
import type { LogBatch } from '../../ship/ports.ts';
import { buildForNode } from '../postgres/testing/pglite-worker-build.ts';
import { type ClickHouseConnection, connectClickHouse } from './connect.ts';
import { EventLogThread } from './event-log-thread.ts';
import { toLogText } from './log-text.ts';
import { migrateClickHouse } from './migrate.ts';

const fromMs = Date.parse('2026-03-01T00:00:00Z');
const history = generateHistory({
  seed: 5,
  profiles: 20,
  fromMs,
  toMs: fromMs + 86_400_000,
  campaignIds: ['hero'],
});
const records = toLogRecords(history, workspaceId.parse('mine'), 50);

let dataDir: string;
let connection: ClickHouseConnection;
let log: EventLogThread;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tenth-test-'));
  const location = { kind: 'embedded', dataDir } as const;
  connection = await connectClickHouse(location);
  await migrateClickHouse(connection);
  const entry = new URL('event-log-worker.ts', import.meta.url).pathname;
  log = new EventLogThread(await buildForNode(entry, 'event-log-worker'), location);
});
afterAll(async () => {
  await log.close();
  await connection.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function aBatch(id: bigint): Promise<LogBatch> {
  const bodies = await Promise.all(records.map((record) => packBody(toLogText([record]))));
  return { id, rows: bodies.map((body, index) => ({ id: id * 1_000n + BigInt(index), body })) };
}

async function eventsOf(batch: bigint): Promise<number> {
  const reply = await connection.client.query({
    query: 'SELECT toUInt32(count()) AS found FROM events WHERE batch = {batch:UInt64}',
    query_params: { batch: batch.toString() },
    format: 'JSONEachRow',
  });
  return (await reply.json<{ found: number }>())[0]?.found ?? -1;
}

const events = records.reduce((sum, record) => sum + record.events.length, 0);

test('a batch appended on the thread is read by everybody else', async () => {
  expect(await log.append(await aBatch(1n))).toEqual({ events });
  expect(await eventsOf(1n)).toBe(events);
});

test('a batch that fails says why, and the next one goes on', async () => {
  const damaged = { id: 7n, body: new Uint8Array([9]) };
  await expect(log.append({ id: 2n, rows: [damaged] })).rejects.toThrow(
    'outbox row 7 cannot be read',
  );
  expect(await log.append(await aBatch(3n))).toEqual({ events });
});

test('closed, it has finished what it had, and reading goes on; a batch starts it anew', async () => {
  const appending = log.append(await aBatch(4n));
  await log.close();
  expect(await appending).toEqual({ events });
  expect(await eventsOf(4n)).toBe(events);
  await log.append(await aBatch(5n));
  expect(await eventsOf(5n)).toBe(events);
});

test('what cannot be opened is said at the first batch', async () => {
  const entry = new URL('event-log-worker.ts', import.meta.url).pathname;
  const away = new EventLogThread(await buildForNode(entry, 'event-log-worker'), {
    kind: 'served',
    url: 'http://127.0.0.1:9/tenth',
  });
  await expect(away.append(await aBatch(6n))).rejects.toThrow('ECONNREFUSED');
  await away.close();
});
