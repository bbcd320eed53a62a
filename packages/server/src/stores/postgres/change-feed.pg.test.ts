import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { ChangedThing, ChangeFeed } from '../../nodes/ports.ts';
import { createChangeFeed } from './change-feed.ts';
import { migrate } from './migrate.ts';
import { openServed } from './served-connection.ts';
import { type PostgresServer, startPostgres } from './testing/start-postgres.ts';

let server: PostgresServer;
let feed: ChangeFeed;
let heard: ChangedThing[] = [];
let gaps = 0;

beforeAll(async () => {
  server = await startPostgres({ fsync: 'off' });
  const connection = openServed(server.url);
  await migrate(connection.db, Date.now());
  await connection.close();
  await change("insert into workspaces (workspace_id, created_at) values ('shop', 0)");
  feed = createChangeFeed(server.url, () => {});
  feed.start(
    (thing) => heard.push(thing),
    () => {
      gaps += 1;
    },
  );
  await vi.waitFor(() => expect(gaps).toBe(1));
});
afterAll(async () => {
  await feed.stop();
  await server.remove();
});
beforeEach(() => {
  heard = [];
});

async function change(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  for (const statement of statements) {
    await client.query(statement);
  }
  await client.end();
}

const aPlan = (version: number) =>
  `insert into plan_versions (workspace_id, version, definition, published_at)
  values ('shop', ${version}, '{}', 0)`;
const KEY = `insert into keys (workspace_id, key_id, kind, name, prefix, secret, scopes, created_at)
  values ('shop', 'k1', 'write_key', 'Shop', 'abc', 'abc', '[]', 0)`;

test('plans and keys are told of, whoever changes them; that a key was used is not', async () => {
  await change(KEY, "update keys set last_used_at = 1 where key_id = 'k1'", aPlan(1));
  await vi.waitFor(() => expect(heard).toEqual(['keys', 'plans']));
  await change("update keys set name = 'Renamed'", "delete from keys where key_id = 'k1'");
  await vi.waitFor(() => expect(heard).toEqual(['keys', 'plans', 'keys', 'keys']));
});

test('after a restart of the server it says that it may have missed something, and hears again', async () => {
  await server.stop();
  await server.start();
  await vi.waitFor(() => expect(gaps).toBe(2), { timeout: 10_000 });
  await change(aPlan(2));
  await vi.waitFor(() => expect(heard).toEqual(['plans']));
});
