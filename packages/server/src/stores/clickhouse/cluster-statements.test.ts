import { expect, test } from 'vitest';
import { everyCopy, systemTable, toClusterStatements } from './cluster-statements.ts';

const place = { cluster: 'shop-kr', database: 'tenth' };
const inCluster = (statement: string) => toClusterStatements(statement, place);

test('a table becomes a replicated one in each shard and one over all shards under its name', () => {
  expect(
    inCluster(`CREATE TABLE IF NOT EXISTS events (
      workspace_id LowCardinality(String),
      profile_id String CODEC(ZSTD(1)),
      profile_hash UInt64 DEFAULT cityHash64(profile_id)
    )
    ENGINE = MergeTree
    PARTITION BY toYYYYMM(timestamp)
    ORDER BY (workspace_id, event, toDate(timestamp), profile_id, message_id)
    SETTINGS non_replicated_deduplication_window = 1000`),
  ).toEqual([
    `CREATE TABLE IF NOT EXISTS events_local ON CLUSTER \`shop-kr\` (
      workspace_id LowCardinality(String),
      profile_id String CODEC(ZSTD(1)),
      profile_hash UInt64 DEFAULT cityHash64(profile_id)
    )
    ENGINE = ReplicatedMergeTree
    PARTITION BY toYYYYMM(timestamp)
    ORDER BY (workspace_id, event, toDate(timestamp), profile_id, message_id)
    SETTINGS replicated_deduplication_window = 1000`,
    "CREATE TABLE IF NOT EXISTS events ON CLUSTER `shop-kr` AS events_local ENGINE = Distributed('shop-kr', 'tenth', 'events_local', cityHash64(profile_id))",
  ]);
});

test.each([
  ['(workspace_id, profile_id)', 'cityHash64(profile_id)'],
  ['(workspace_id, profile_hash)', 'profile_hash'],
  ['(workspace_id, build, person_id)', 'cityHash64(person_id)'],
  ['(workspace_id, list_id, version, member)', 'member'],
  ['(workspace_id, signature, variables)', 'cityHash64(workspace_id, signature, variables)'],
  ['version', 'cityHash64(version)'],
])('rows sorted by %s are spread by %s', (sortKey, shard) => {
  const [local, over] = inCluster(
    `CREATE TABLE t (a String) ENGINE = ReplacingMergeTree(version) ORDER BY ${sortKey}`,
  );
  expect(local).toContain('ENGINE = ReplicatedReplacingMergeTree(version) ORDER BY');
  expect(over).toContain(`'t_local', ${shard})`);
});

test('a table made after a query is spread as well', () => {
  expect(
    inCluster(
      'CREATE TABLE sim_1 ENGINE = MergeTree ORDER BY (person, seq) EMPTY AS SELECT seq FROM events',
    ),
  ).toEqual([
    'CREATE TABLE sim_1_local ON CLUSTER `shop-kr` ENGINE = ReplicatedMergeTree ORDER BY (person, seq) EMPTY AS SELECT seq FROM events',
    "CREATE TABLE sim_1 ON CLUSTER `shop-kr` AS sim_1_local ENGINE = Distributed('shop-kr', 'tenth', 'sim_1_local', cityHash64(person, seq))",
  ]);
});

test('what is stored is changed where it is stored, columns everywhere', () => {
  expect(inCluster('ALTER TABLE list_members DROP PARTITION ({w:String}, 1)')).toEqual([
    'ALTER TABLE list_members_local ON CLUSTER `shop-kr` DROP PARTITION ({w:String}, 1)',
  ]);
  expect(inCluster('ALTER TABLE events DELETE WHERE a = 1 SETTINGS mutations_sync = 2')).toEqual([
    'ALTER TABLE events_local ON CLUSTER `shop-kr` DELETE WHERE a = 1 SETTINGS mutations_sync = 2',
  ]);
  expect(inCluster('ALTER TABLE events ADD COLUMN IF NOT EXISTS plan String')).toEqual([
    'ALTER TABLE events_local ON CLUSTER `shop-kr` ADD COLUMN IF NOT EXISTS plan String',
    'ALTER TABLE events ON CLUSTER `shop-kr` ADD COLUMN IF NOT EXISTS plan String',
  ]);
  expect(inCluster('DELETE FROM events WHERE profile_id = {id:String}')).toEqual([
    'DELETE FROM events_local ON CLUSTER `shop-kr` WHERE profile_id = {id:String}',
  ]);
  expect(inCluster('OPTIMIZE TABLE events FINAL')).toEqual([
    'OPTIMIZE TABLE events_local ON CLUSTER `shop-kr` FINAL',
  ]);
  expect(inCluster('KILL MUTATION WHERE is_done = 0')).toEqual([
    'KILL MUTATION ON CLUSTER `shop-kr` WHERE is_done = 0',
  ]);
  expect(inCluster('DROP TABLE IF EXISTS sim_1 SYNC')).toEqual([
    'DROP TABLE IF EXISTS sim_1 ON CLUSTER `shop-kr` SYNC',
    'DROP TABLE IF EXISTS sim_1_local ON CLUSTER `shop-kr` SYNC',
  ]);
});

test('what reads, inserts or names a stored table stays as it is', () => {
  for (const statement of [
    'SELECT count() FROM events',
    'INSERT INTO events (a) SETTINGS async_insert = 0 FORMAT TabSeparated\n1\nDROP TABLE x',
    'INSERT INTO device_states SELECT 1',
    'ALTER TABLE events_local DELETE WHERE 1',
  ]) {
    expect(inCluster(statement)).toEqual([statement]);
  }
});

test('a table of which nobody can tell how to spread it is refused', () => {
  expect(() => inCluster('CREATE TABLE t (a String) ENGINE = Memory')).toThrow('cannot be spread');
});

test('what servers tell of themselves, and each copy of a row, is asked of all of them', () => {
  expect(systemTable('mutations', 'shop-kr')).toBe(
    "clusterAllReplicas('shop-kr', system.mutations)",
  );
  expect(systemTable('mutations', undefined)).toBe('system.mutations');
  expect(everyCopy('events', 'shop-kr')).toBe(
    "clusterAllReplicas('shop-kr', currentDatabase(), events_local)",
  );
  expect(everyCopy('events', undefined)).toBe('events');
});
