import { connect, createServer, type Server, type Socket } from 'node:net';
import { Problem } from '@tenth/model/problem.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { PostgresConnection } from './connection.ts';
import { openServed } from './served-connection.ts';
import { type PostgresServer, startPostgres } from './testing/start-postgres.ts';

// Its own server, since it is stopped and started under the connection.
let server: PostgresServer;
let connection: PostgresConnection;

beforeAll(async () => {
  server = await startPostgres({ fsync: 'off' });
  connection = openServed(server.url, { connections: 3 });
});
afterAll(async () => {
  await connection.close();
  await server.remove();
});

const one = () => connection.read<{ one: number }>('select 1 as one', []);

async function eventually(isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await isSo()); ) {
    expect(Date.now()).toBeLessThan(deadline);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('while the server is away callers are refused at once, and it is found again when it is back', async () => {
  await expect(one()).resolves.toEqual([{ one: 1 }]);
  await server.stop();
  const refusals = await Promise.allSettled(Array.from({ length: 6 }, one));
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ status: 'rejected', reason: { code: 'store-unavailable' } });
  }
  await eventually(async () => {
    await one().catch(() => undefined);
    return connection.breaker?.() === 'open';
  });
  const script = connection.runScript([{ sql: 'select 1', values: [] }]);
  await expect(script).rejects.toBeInstanceOf(Problem);
  await expect(connection.db.selectFrom('keys').selectAll().execute()).rejects.toMatchObject({
    code: 'store-unavailable',
  });
  // Nobody waits for a connection meanwhile.
  expect(connection.pool?.()).toMatchObject({ waiting: 0 });

  await server.start();
  await eventually(() =>
    one().then(
      () => true,
      () => false,
    ),
  );
  expect(connection.breaker?.()).toBe('closed');
});

test('a restart between two questions is not noticed by who asks', async () => {
  await Promise.all([one(), one(), one()]);
  await server.stop();
  await server.start();
  await expect(one()).resolves.toEqual([{ one: 1 }]);
});

test('a refusal of the server leaves connections as they are and the breaker closed', async () => {
  const before = connection.pool?.().total;
  for (let times = 0; times < 10; times += 1) {
    await expect(
      connection.runScript([{ sql: 'select 1 / $1::bigint', values: [0] }]),
    ).rejects.toThrow('division by zero');
  }
  expect(connection.breaker?.()).toBe('closed');
  expect(connection.pool?.().total).toBe(before);
  await expect(one()).resolves.toEqual([{ one: 1 }]);
});

test('a statement has its time, and one for migrations has no limit', async () => {
  const limits = (of: PostgresConnection) =>
    of.read<{ statement: string; idle: string }>(
      `select current_setting('statement_timeout') as statement,
        current_setting('idle_in_transaction_session_timeout') as idle`,
      [],
    );
  await expect(limits(connection)).resolves.toEqual([{ statement: '30s', idle: '30s' }]);
  const patient = openServed(server.url, { statementTimeout: 'none' });
  await expect(limits(patient)).resolves.toEqual([{ statement: '0', idle: '0' }]);
  await patient.close();
});

test('a connection cut in the middle of a commit is told as such, and the next one is whole', async () => {
  const relay = await startRelay(Number(new URL(server.url).port));
  const url = new URL(server.url);
  url.port = String(relay.port);
  const cut = openServed(url.href, { connections: 1 });
  await cut.runScript([{ sql: 'create table if not exists kept (n bigint)', values: [] }]);
  const failing = cut.runScript([
    { sql: 'insert into kept values ($1)', values: [1] },
    { sql: 'select pg_sleep(30)', values: [] },
  ]);
  await eventually(async () => {
    const busy = await connection.read(
      "select 1 from pg_stat_activity where query like 'select pg_sleep%' and state = 'active'",
      [],
    );
    return busy.length > 0;
  });
  relay.cut();
  await expect(failing).rejects.toMatchObject({ code: 'store-unavailable' });
  await expect(cut.read('select n from kept', [])).resolves.toEqual([]);
  await cut.close();
  relay.close();
});

/** A network between the two that can be cut. */
async function startRelay(to: number) {
  const sockets = new Set<Socket>();
  const relay: Server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const address = relay.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    cut() {
      for (const socket of sockets) {
        socket.destroy();
      }
      sockets.clear();
    },
    close: () => relay.close(),
  };
}
