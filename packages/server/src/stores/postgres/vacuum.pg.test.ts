import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOutboxStore } from './outbox-store.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';
import { startVacuum } from './vacuum.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.remove());

async function outboxBytes(): Promise<number> {
  const [row] = await database.connection.read<{ bytes: number }>(
    "select pg_total_relation_size('outbox') as bytes",
    [],
  );
  return row?.bytes ?? 0;
}

async function fillAndShip(): Promise<void> {
  const outbox = createOutboxStore(database.connection);
  for (let row = 0; row < 30; row += 1) {
    await database.connection.runScript([
      {
        sql: 'insert into outbox (body, created_at) values ($1::bytea, $2::bigint)',
        values: [new Uint8Array(60_000).fill(row), row],
      },
    ]);
  }
  const claimed = await outbox.claim(100);
  await outbox.release(claimed?.batch ?? 0n);
}

test('what the outbox held is used again after a vacuum', async ({ skip }) => {
  skip(database.connection.kind === 'served', 'a server vacuums by itself');
  const errors: unknown[] = [];
  const vacuum = startVacuum(database.connection, 5, (error) => errors.push(error));
  await fillAndShip();
  await new Promise((resolve) => setTimeout(resolve, 300));
  const once = await outboxBytes();
  for (let round = 0; round < 4; round += 1) {
    await fillAndShip();
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  vacuum.stop();
  expect(errors).toEqual([]);
  expect(await outboxBytes()).toBeLessThan(once * 2 + 200_000);
});
