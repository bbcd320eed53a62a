import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packBody } from '../../ship/outbox-body.ts';
import type { PostgresConnection } from './connection.ts';
import { migrate } from './migrate.ts';
import { createOutboxStore } from './outbox-store.ts';
import { openServed } from './served-connection.ts';
import { type PostgresServer, startPostgres } from './testing/start-postgres.ts';

let server: PostgresServer;
let connection: PostgresConnection;
let other: pg.Client;

beforeAll(async () => {
  server = await startPostgres({ fsync: 'off' });
  connection = openServed(server.url);
  await migrate(connection.db, Date.now());
  other = new pg.Client({ connectionString: server.url });
  await other.connect();
});
afterAll(async () => {
  await other.end();
  await connection.close();
  await server.remove();
});

test('rows that another node is claiming are not passed over: whoever flushes would take them for shipped', async () => {
  const body = await packBody('{}');
  for (let row = 0; row < 3; row += 1) {
    await other.query('insert into outbox (created_at, body) values (0, $1)', [body]);
  }
  await other.query('begin');
  await other.query('update outbox set batch = (select min(id) from outbox)');
  let isSettled = false;
  const claim = createOutboxStore(connection)
    .claim(100)
    .finally(() => {
      isSettled = true;
    });
  const isWaiting = async () => {
    const { rows } = await other.query('select 1 from pg_locks where not granted');
    return rows.length > 0;
  };
  while (!isSettled && !(await isWaiting())) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await other.query('commit');
  expect((await claim)?.rows).toHaveLength(3);
});
