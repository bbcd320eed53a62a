import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, type TestDatabase } from './testing/open-test-store.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
}, 60_000);
afterAll(() => database.remove());

/** Tables of a process's own affairs or with few rows, which stay whole where others are sharded. */
const WHOLE = new Set(['leases', 'schema_versions', 'outbox', 'backfills', 'recounts']);

interface Keyed {
  readonly table_name: string;
  readonly first: string | null;
}

test('every table that grows with visitors has a key that begins with the workspace', async () => {
  const tables = await database.connection.read<Keyed>(
    `select c.relname::text as table_name, a.attname::text as first
      from pg_class c
      left join pg_index i on i.indrelid = c.oid and i.indisprimary
      left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r' order by 1`,
    [],
  );
  expect(tables.length).toBeGreaterThan(12);
  const others = tables.filter(({ first }) => first !== 'workspace_id');
  expect(others.filter(({ table_name }) => !WHOLE.has(table_name))).toEqual([]);
});

test('of the tables that a commit writes, other unique keys begin with the workspace, too', async () => {
  const unique = await database.connection.read<Keyed>(
    `select c.relname::text as table_name, a.attname::text as first
      from pg_class c
      join pg_index i on i.indrelid = c.oid and i.indisunique
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
      where c.relname = any($1::text[])`,
    [['profiles', 'people_index', 'identifiers', 'merges']],
  );
  expect(unique.map(({ first }) => first)).toEqual(Array(4).fill('workspace_id'));
});
