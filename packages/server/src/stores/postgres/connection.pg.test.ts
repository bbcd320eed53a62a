import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sqlStateOf } from './connection.ts';
import { migrate, migrations } from './migrate.ts';
import type { Migration } from './migration.ts';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.remove());

test('values come back as they went in', async () => {
  const rows = await database.connection.read<Record<string, unknown>>(
    `select $1::text as text, $2::bigint as big, $3::boolean as yes, $4::bytea as bytes, $5::text as nothing,
      to_json($6::text[]) as texts, to_json($7::bigint[]) as numbers, to_json($8::text[]) as none`,
    [
      'it\'s 한국어 \\ "q"',
      4_503_599_627_370_497,
      true,
      new Uint8Array([0, 255, 10]),
      null,
      ['a"b', null, '', '한국 {,}'],
      [1, -2, 9_007_199_254_740_991],
      [],
    ],
  );
  const readable = rows.map((row) => ({
    ...row,
    bytes: row.bytes instanceof Uint8Array ? [...row.bytes] : row.bytes,
  }));
  expect(readable).toEqual([
    {
      text: 'it\'s 한국어 \\ "q"',
      big: 4_503_599_627_370_497,
      yes: true,
      bytes: [0, 255, 10],
      nothing: null,
      texts: ['a"b', null, '', '한국 {,}'],
      numbers: [1, -2, 9_007_199_254_740_991],
      none: [],
    },
  ]);
});

test('a failed statement tells its SQLSTATE and leaves the connection usable', async () => {
  const { connection } = database;
  const failure = await connection
    .read('select 1 / $1::bigint', [0])
    .catch((error: unknown) => error);
  expect(sqlStateOf(failure)).toBe('22012');
  await expect(connection.read('select 1 as one', [])).resolves.toEqual([{ one: 1 }]);
  await expect(
    connection.runScript([
      { sql: 'select 1', values: [] },
      { sql: 'select 1 / $1::bigint', values: [0] },
    ]),
  ).rejects.toThrow('division by zero');
  await expect(connection.read('select 1 as one', [])).resolves.toEqual([{ one: 1 }]);
});

test('a script that changes another number of rows than it must is rolled back', async () => {
  const { connection } = database;
  const insert = (body: number) => ({
    sql: 'insert into outbox (body, created_at) select $1, 0',
    values: [new Uint8Array([body])],
  });
  const outcome = await connection.runScript([
    insert(1),
    { sql: 'update outbox set created_at = $1 where id = -1', values: [1], mustChange: 1 },
    insert(2),
  ]);
  expect(outcome).toEqual({ kind: 'mismatch', at: 1, changed: 0 });
  await expect(connection.read('select id from outbox', [])).resolves.toEqual([]);
});

test('what fails after a statement that changed another number of rows is put down to that', async () => {
  const { connection } = database;
  const outcome = await connection.runScript([
    { sql: 'update outbox set created_at = $1 where id = -1', values: [1], mustChange: 1 },
    { sql: 'select 1 / $1::bigint', values: [0] },
  ]);
  expect(outcome).toEqual({ kind: 'mismatch', at: 0, changed: 0 });
});

test('of a script that goes wrong twice the first mistake is told', async () => {
  const { connection } = database;
  const mismatch = { sql: 'select 1 where false', values: [], mustChange: 1 };
  const failure = { sql: 'select 1 / $1::bigint', values: [0] };
  await expect(connection.runScript([mismatch, failure])).resolves.toEqual({
    kind: 'mismatch',
    at: 0,
    changed: 0,
  });
  await expect(connection.runScript([failure, mismatch, failure])).rejects.toThrow(
    'division by zero',
  );
  await expect(connection.read('select 1 as one', [])).resolves.toEqual([{ one: 1 }]);
});

test('embedded, transactions take turns on the one connection', async ({ skip }) => {
  skip(database.connection.kind === 'served', 'a server has many connections');
  const { db } = database.connection;
  await sql`create table turns (n bigint)`.execute(db);
  const addOne = () =>
    db.transaction().execute(async (tx) => {
      const { rows } = await sql<{ n: number }>`select count(*) as n from turns`.execute(tx);
      await sql`insert into turns values (${rows[0]?.n ?? -1})`.execute(tx);
    });
  const failing = db.transaction().execute(async (tx) => {
    await sql`insert into turns values (100)`.execute(tx);
    throw new Error('no');
  });
  await Promise.allSettled([addOne(), failing, addOne(), addOne()]);
  const { rows } = await sql<{ n: number }>`select n from turns order by n`.execute(db);
  expect(rows.map(({ n }) => n)).toEqual([0, 1, 2]);
});

test('migrating twice changes nothing, and a newer schema is refused', async () => {
  const { db } = database.connection;
  await migrate(db, 1);
  await expect(migrate(db, 1, [])).rejects.toThrow('start a newer version');
});

test('servers that start at once take turns, and each step is done once', async () => {
  const { db } = database.connection;
  const steps = [...migrations, aStep(9_001), aStep(9_002)];
  const late = [...migrations, aStep(9_000), aStep(9_001), aStep(9_002)];
  const done = await Promise.all([migrate(db, 1, steps), migrate(db, 1, steps)]);
  expect(done.map((applied) => applied.length).toSorted()).toEqual([0, 2]);
  // Released after a step with a higher number.
  expect(await migrate(db, 1, late)).toEqual([aStep(9_000)]);
  expect(await migrate(db, 1, late)).toEqual([]);
});

function aStep(version: number): Migration {
  return {
    version,
    name: `step-${version}`,
    // Fails where it is done twice.
    statements: [`create table step_${version} (n bigint)`],
  };
}
