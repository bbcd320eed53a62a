import { connect, createServer, type Socket } from 'node:net';
import { Problem } from '@tenth/model/problem.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PostgresConnection } from './connection.ts';
import { underMigrationLock } from './migration-lock.ts';
import { openServed } from './served-connection.ts';
import { ServedPool } from './served-pool.ts';
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

test('what is done under the lock of migrations is waited for by who comes next', async () => {
  await connection.runScript([{ sql: 'create table turns (who text)', values: [] }]);
  let leave = () => {};
  const held = new Promise<void>((resolve) => {
    leave = resolve;
  });
  const turn = (who: string, stay: Promise<void>) =>
    underMigrationLock(connection.db, async (tx) => {
      await stay;
      await sql`insert into turns values (${who})`.execute(tx);
    });
  const first = turn('first', held);
  const waits = (count: number) => async () => {
    const waiting = await connection.read(
      "select 1 from pg_locks where locktype = 'advisory' and granted = ($1 = 1)",
      [count],
    );
    return waiting.length > 0;
  };
  await eventually(waits(1));
  const second = turn('second', Promise.resolve());
  await eventually(waits(0));
  leave();
  await Promise.all([first, second]);
  await expect(connection.read('select who from turns', [])).resolves.toEqual([
    { who: 'first' },
    { who: 'second' },
  ]);
});

describe('over a network that fails', () => {
  let relay: Relay;
  let url: URL;

  beforeEach(async () => {
    relay = await startRelay(Number(new URL(server.url).port));
    url = new URL(server.url);
    url.port = String(relay.port);
  });
  afterEach(() => relay.close());

  const isActive = (statement: string) => async () => {
    const busy = await connection.read(
      "select 1 from pg_stat_activity where state = 'active' and query like $1 and pid <> pg_backend_pid()",
      [`${statement}%`],
    );
    return busy.length > 0;
  };

  test('a commit that is cut off is told as such, and the next one is whole', async () => {
    const cut = openServed(url.href, { connections: 1 });
    await cut.runScript([{ sql: 'create table kept (n bigint)', values: [] }]);
    const failing = cut.runScript([
      { sql: 'insert into kept values ($1)', values: [1] },
      { sql: 'select pg_sleep(30)', values: [] },
      ...Array.from({ length: 8 }, (_, n) => ({ sql: 'select $1::bigint', values: [n] })),
    ]);
    await eventually(isActive('select pg_sleep(30)'));
    relay.cut();
    await expect(failing).rejects.toMatchObject({ code: 'store-unavailable' });
    // However many statements were under way, one connection was lost.
    expect(cut.breaker?.()).toBe('closed');
    await expect(cut.read('select n from kept', [])).resolves.toEqual([]);
    await cut.close();
  });

  test('a question that is cut off is asked again', async () => {
    const cut = openServed(url.href, { connections: 1 });
    const asked = cut.read("select pg_sleep(0.5)::text as slept, 'yes' as answered", []);
    await eventually(isActive('select pg_sleep(0.5)'));
    relay.cut();
    await expect(asked).resolves.toEqual([{ slept: '', answered: 'yes' }]);
    await cut.close();
  });

  test('a connection that says nothing any more is given up, and not given to the next', async () => {
    const pool = new ServedPool(
      new pg.Pool({ connectionString: url.href, max: 1, query_timeout: 300 }),
    );
    const first = await pool.connect();
    await first.query('select 1');
    relay.freeze();
    await expect(first.query('select 2')).rejects.toMatchObject({
      code: 'store-unavailable',
      cause: { message: 'Query read timeout' },
    });
    first.release();
    relay.thaw();
    const next = await pool.connect();
    await expect(next.query('select 3 as three')).resolves.toMatchObject({
      rows: [{ three: 3 }],
    });
    next.release();
    await pool.end();
  });
});

interface Relay {
  readonly port: number;
  /** Ends every connection. */
  cut(): void;
  /** Connections there are say nothing any more, for good; later ones do after `thaw`. */
  freeze(): void;
  thaw(): void;
  close(): void;
}

async function startRelay(to: number): Promise<Relay> {
  const sockets = new Set<Socket>();
  let isFrozen = false;
  const relay = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
    if (!isFrozen) {
      near.pipe(far).pipe(near);
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve));
  const address = relay.address();
  const cut = () => {
    for (const socket of sockets) {
      socket.destroy();
    }
    sockets.clear();
  };
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    cut,
    freeze() {
      isFrozen = true;
      for (const socket of sockets) {
        socket.unpipe();
        socket.pause();
      }
    },
    thaw() {
      isFrozen = false;
    },
    close() {
      cut();
      relay.close();
    },
  };
}
