import type { ClickHouseClient } from '@clickhouse/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { everyCopy, systemTable, toClusterStatements } from './cluster-statements.ts';
import { migrations } from './migrate.ts';

// There is no cluster in process: what can be held against the engine is that it can read the statements.
const place = { cluster: 'main', database: 'tenth' };

let log: Awaited<ReturnType<typeof openTestLog>>;

beforeAll(async () => {
  log = await openTestLog();
});
afterAll(() => log.close());

async function treeOf(client: ClickHouseClient, query: string): Promise<string> {
  const reply = await client.query({ query: `EXPLAIN AST ${query}`, format: 'TabSeparated' });
  return reply.text();
}

test('the engine reads what every migration becomes, and each of their tables is spread', async () => {
  for (const { name, statements } of migrations) {
    for (const statement of statements) {
      const onCluster = toClusterStatements(statement, place);
      if (/^\s*CREATE/.test(statement)) {
        expect(onCluster, name).toHaveLength(2);
      }
      for (const query of onCluster.filter((one) => !one.trim().startsWith('INSERT'))) {
        expect(await treeOf(log.client, query), query).toMatch(/CreateQuery|AlterQuery|DropQuery/);
      }
    }
  }
});

test.each([
  'CREATE TABLE sim_1 ENGINE = MergeTree ORDER BY (person, seq) EMPTY AS SELECT seq FROM events',
  'ALTER TABLE list_members DROP PARTITION (1, 2)',
  'ALTER TABLE events DELETE WHERE seq = 1 SETTINGS mutations_sync = 2',
  'ALTER TABLE events ADD COLUMN IF NOT EXISTS plan String',
  'DELETE FROM events WHERE seq = 1',
  'KILL MUTATION WHERE is_done = 0',
  'TRUNCATE TABLE events',
  'OPTIMIZE TABLE events FINAL',
  'DROP TABLE IF EXISTS sim_1 SYNC',
])('the engine reads what it becomes while the server runs: %s', async (statement) => {
  for (const query of toClusterStatements(statement, place)) {
    expect(query).toContain('ON CLUSTER `main`');
    expect(await treeOf(log.client, query)).toMatch(/Query/);
  }
});

test('the engine reads what is asked of all servers', async () => {
  for (const source of [systemTable('mutations', 'main'), everyCopy('events', 'main')]) {
    expect(await treeOf(log.client, `SELECT count() FROM ${source}`)).toContain(
      'Function clusterAllReplicas',
    );
  }
});
