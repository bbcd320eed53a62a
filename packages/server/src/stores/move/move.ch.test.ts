import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listId, workspaceId } from '@tenth/model/ids.ts';
import { DAY_MS } from '@tenth/model/time.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aMemberSet, numbered } from '../../lists/testing/a-member-set.ts';
import { generateHistory, toLogRecords } from '../../measure/testing/generated-history.ts';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { type ClickHouseConnection, connectClickHouse } from '../clickhouse/connect.ts';
import { createMemberLog } from '../clickhouse/member-log.ts';
import { migrateClickHouse } from '../clickhouse/migrate.ts';
import {
  type ClickHouseFront,
  startClickHouseFront,
} from '../clickhouse/testing/start-clickhouse-front.ts';
import type { PostgresConnection } from '../postgres/connection.ts';
import { migrate } from '../postgres/migrate.ts';
import { createOutboxStore } from '../postgres/outbox-store.ts';
import { openServed } from '../postgres/served-connection.ts';
import { openEmbeddedTest, type TestDatabase } from '../postgres/testing/open-test-store.ts';
import { type PostgresServer, startPostgres } from '../postgres/testing/start-postgres.ts';
import { moveClickHouse, requireEmptyClickHouse } from './move-clickhouse.ts';
import { movePostgres, requireEmptyPostgres } from './move-postgres.ts';
import { type MoveProgress, requireEqual } from './moved-table.ts';

const SHOP = workspaceId.parse('shop');
const fromMs = Date.parse('2026-03-01T00:00:00Z');
const toMs = fromMs + 40 * DAY_MS;

let folder: string;
let embedded: TestDatabase;
let log: Awaited<ReturnType<typeof openTestLog>>;
let server: PostgresServer;
let front: ClickHouseFront;
let postgres: PostgresConnection;
let clickhouse: ClickHouseConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenth-move-'));
  embedded = await openEmbeddedTest(join(folder, 'source'));
  log = await openTestLog();
  server = await startPostgres({ fsync: 'off' });
  front = await startClickHouseFront(join(folder, 'front'));
  postgres = openServed(server.url);
  clickhouse = await connectClickHouse({ kind: 'served', url: front.url });
  await migrate(postgres.db, Date.now());
  await migrateClickHouse(clickhouse);
  await fillPostgres(embedded.connection);
  await fillLog();
});
afterAll(async () => {
  await postgres.close();
  await clickhouse.close();
  await server.remove();
  await front.stop();
  await log.close();
  await embedded.remove();
  await rm(folder, { recursive: true, force: true });
});

const odd = 'it\'s "한국어" \\ 😀 {a,b}\n\t';

async function fillPostgres({ db, runScript }: PostgresConnection): Promise<void> {
  await sql`insert into workspaces values ('shop', 1)`.execute(db);
  await sql`insert into keys values ('shop', 'k1', 'api_key', ${odd}, 'ab', 'secret', 'read', 5, null)`.execute(
    db,
  );
  await sql`insert into profiles (workspace_id, profile_id, version, state, due_at)
    select 'shop', 'p' || n, 1, ${odd} || repeat('x', n % 4000), case when n % 3 = 0 then n end
    from generate_series(1, 1700) n`.execute(db);
  await sql`update profiles set version = 12 where profile_id like 'p%7'`.execute(db);
  await sql`insert into identifiers select 'shop', 'user_id', 'u' || n, 'p' || n
    from generate_series(1, 1700) n`.execute(db);
  // The first outbox rows are gone, as after shipping; their numbers must not come again.
  await runScript.call(embedded.connection, [
    {
      sql: 'insert into outbox (body, created_at) select $1, n from generate_series(1, 12) n',
      values: [new Uint8Array([0, 255, 10, 92])],
    },
    { sql: 'delete from outbox where id <= 9', values: [] },
  ]);
}

async function fillLog(): Promise<void> {
  const history = generateHistory({
    seed: 3,
    profiles: 150,
    fromMs,
    toMs,
    campaignIds: ['hero'],
  });
  for (const record of toLogRecords(history, SHOP, 400)) {
    await log.append([record]);
  }
  await createMemberLog(log.client).write(
    SHOP,
    { listId: listId.parse('vip'), version: 1 },
    await aMemberSet(numbered(60_000)),
  );
}

test('the operational store arrives whole, and goes on counting where it stood', async () => {
  const seen: MoveProgress[] = [];
  await requireEmptyPostgres(postgres.db);
  await movePostgres(embedded.connection.db, postgres.db, (progress) => seen.push(progress));
  expect(seen.filter(({ table }) => table === 'profiles').map(({ rows }) => rows)).toEqual([
    500, 1_000, 1_500, 1_700,
  ]);
  for (const question of [
    'select * from profiles order by profile_id',
    'select * from identifiers order by value',
    'select * from keys',
    'select id, batch, body, created_at from outbox order by id',
  ]) {
    const there = await postgres.read(question, []);
    expect(JSON.stringify(there)).toBe(
      JSON.stringify(await embedded.connection.read(question, [])).replaceAll(
        // PGlite gives bytes as a plain array of them.
        /"body":\{("0":\d+[^}]*)\}/g,
        (_, bytes: string) =>
          `"body":{"type":"Buffer","data":[${[...bytes.matchAll(/:(\d+)/g)].map(([, byte]) => byte).join(',')}]}`,
      ),
    );
  }
  const batch = await createOutboxStore(postgres).claim(10);
  expect(batch?.rows.map(({ id }) => id)).toEqual([10n, 11n, 12n]);
  await postgres.runScript([
    { sql: 'insert into outbox (body, created_at) values ($1, 1)', values: [new Uint8Array([1])] },
  ]);
  await expect(postgres.read('select max(id) as id from outbox', [])).resolves.toEqual([
    { id: 13 },
  ]);
  await expect(requireEmptyPostgres(postgres.db)).rejects.toThrow('holds rows in');
});

test('the event log arrives whole, row by row', async () => {
  const tables = new Set<string>();
  await requireEmptyClickHouse(clickhouse.client);
  await moveClickHouse(log.client, clickhouse.client, ({ table }) => tables.add(table));
  expect([...tables]).toEqual(
    expect.arrayContaining(['decisions', 'events', 'list_members', 'person_links']),
  );
  for (const query of [
    'SELECT * FROM events ORDER BY seq',
    'SELECT * FROM decisions ORDER BY decision_id',
    'SELECT count(), uniqExact(member) FROM list_members',
  ]) {
    const texts = await Promise.all(
      [log.client, clickhouse.client].map(async (client) =>
        (await client.query({ query, format: 'TabSeparated' })).text(),
      ),
    );
    expect(texts[0]?.length).toBeGreaterThan(0);
    expect(texts[1]).toBe(texts[0]);
  }
  await expect(requireEmptyClickHouse(clickhouse.client)).rejects.toThrow('holds rows in');
});

test('a copy that is not what was copied is refused', () => {
  const whole = { rows: 3, checksum: '77' };
  const compare = (to: typeof whole) => requireEqual('ClickHouse', 'events', { from: whole, to });
  expect(() => compare({ ...whole })).not.toThrow();
  expect(() => compare({ rows: 2, checksum: '77' })).toThrow('3 rows were there, 2 arrived');
  expect(() => compare({ rows: 3, checksum: '78' })).toThrow('not those that were there');
});
