import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutboxStore } from './outbox-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.remove());

async function put(...bodies: readonly number[]): Promise<void> {
  for (const body of bodies) {
    await database.connection.runScript([
      {
        sql: 'insert into outbox (body, created_at) values ($1::bytea, $2::bigint)',
        values: [new Uint8Array([body, 0, 255]), 1_000 + body],
      },
    ]);
  }
}

const firstBytes = (batch: { rows: readonly { body: Uint8Array }[] } | undefined) =>
  batch?.rows.map(({ body }) => body[0]);

test('a claimed batch comes again with exactly its rows, also after a restart, until released', async () => {
  const outbox = createOutboxStore(database.connection);
  await expect(outbox.claim(10)).resolves.toBeUndefined();
  await expect(outbox.backlog()).resolves.toEqual({ rows: 0, bytes: 0, oldestAt: undefined });

  await put(1, 2, 3);
  const first = await outbox.claim(2);
  expect(firstBytes(first)).toEqual([1, 2]);
  await put(4);
  expect(await outbox.claim(10)).toEqual(first);
  await expect(outbox.backlog()).resolves.toEqual({ rows: 4, bytes: 12, oldestAt: 1_001 });

  database = await database.reopen();
  const reopened = createOutboxStore(database.connection);
  expect(await reopened.claim(1)).toEqual(first);

  await reopened.release(first?.batch ?? 0n);
  const second = await reopened.claim(10);
  expect(firstBytes(second)).toEqual([3, 4]);
  expect(second?.batch).not.toBe(first?.batch);
  await reopened.release(second?.batch ?? 0n);
  await expect(reopened.claim(10)).resolves.toBeUndefined();
});

test('claims at the same time give one batch', async () => {
  const outbox = createOutboxStore(database.connection);
  await put(5, 6);
  const claims = await Promise.all([outbox.claim(1), outbox.claim(1), outbox.claim(1)]);
  expect(new Set(claims.map((claim) => claim?.batch)).size).toBe(1);
});
