/** Where tables of a cluster live. */
export interface ClusterPlace {
  /** As the servers' `remote_servers` names it. */
  readonly cluster: string;
  readonly database: string;
}

const CREATE = /^CREATE TABLE (IF NOT EXISTS )?(\w+)/;
const DROP = /^DROP TABLE (IF EXISTS )?(\w+)/;
const ALTER = /^ALTER TABLE (\w+)/;
const DELETE = /^DELETE FROM (\w+)/;
const TRUNCATE = /^TRUNCATE TABLE (\w+)/;
const OPTIMIZE = /^OPTIMIZE TABLE (\w+)/;
const KILL_MUTATION = /^KILL MUTATION/;
const ENGINE = /ENGINE = (\w*MergeTree)\b/;
const SORT_KEY = /ORDER BY (\((?:[^()]|\([^()]*\))*\)|\w+)/;
/** What every table over the shards must know of, too; the rest concerns how rows are stored. */
const OF_COLUMNS = /^ALTER TABLE \w+\s+(ADD|DROP|MODIFY|RENAME|COMMENT) COLUMN\b/;

const ON_STORED = /^(ALTER TABLE|DELETE FROM|TRUNCATE TABLE|OPTIMIZE TABLE) \w+_local\b/;

/** Hashes already; the first that is part of the sort key tells the shard. */
const HASHES = ['profile_hash', 'person_hash', 'member'] as const;
const IDS = ['profile_id', 'person_id'] as const;

/**
 * What a statement on a table becomes on a cluster. Rows are stored in `NAME_local`, replicated within its
 * shard, and `NAME` is a view of all shards under the name that queries know. All rows of one profile lie
 * on one shard; rows with equal sort keys lie on one shard in any case, so that they fall together where
 * the engine replaces or aggregates.
 *
 * Pure: text in, text out. Statements that only read or insert, or name a stored table, stay as they are.
 *
 * @returns To be run in order.
 * @throws {Error} A CREATE without engine or sort key, which says nowhere how it would be spread (a bug).
 */
export function toClusterStatements(statement: string, place: ClusterPlace): readonly string[] {
  const text = statement.trim();
  if (ON_STORED.test(text)) {
    return [statement];
  }
  const everywhere = onCluster(place.cluster);
  const onLocal = (pattern: RegExp) =>
    text.replace(pattern, (head) => `${head}_local${everywhere}`);
  if (CREATE.test(text)) {
    return createBoth(text, place);
  }
  if (DROP.test(text)) {
    return [
      text.replace(DROP, (head) => `${head}${everywhere}`),
      text.replace(DROP, (head) => `${head}_local${everywhere}`),
    ];
  }
  if (ALTER.test(text)) {
    const local = onLocal(ALTER);
    return OF_COLUMNS.test(text)
      ? [local, text.replace(ALTER, (head) => `${head}${everywhere}`)]
      : [local];
  }
  if (KILL_MUTATION.test(text)) {
    return [text.replace(KILL_MUTATION, (head) => `${head}${everywhere}`)];
  }
  const changed = [DELETE, TRUNCATE, OPTIMIZE].find((pattern) => pattern.test(text));
  return [changed === undefined ? statement : onLocal(changed)];
}

function createBoth(text: string, { cluster, database }: ClusterPlace): readonly string[] {
  const everywhere = onCluster(cluster);
  const [, ifNotExists = '', table = ''] = CREATE.exec(text) ?? [];
  const sortKey = SORT_KEY.exec(text)?.[1];
  if (sortKey === undefined || !ENGINE.test(text)) {
    throw new Error(`the table ${table} has no engine or no sort key: it cannot be spread`);
  }
  const local = text
    .replace(CREATE, (head) => `${head}_local${everywhere}`)
    .replace(ENGINE, 'ENGINE = Replicated$1')
    .replaceAll('non_replicated_deduplication_window', 'replicated_deduplication_window');
  const over = [`'${cluster}'`, `'${database}'`, `'${table}_local'`, shardOf(sortKey)].join(', ');
  return [
    local,
    `CREATE TABLE ${ifNotExists}${table}${everywhere} AS ${table}_local ENGINE = Distributed(${over})`,
  ];
}

/** The expression over a row that tells its shard. */
function shardOf(sortKey: string): string {
  const columns = sortKey.replaceAll(/[()\s]/g, '').split(',');
  const hash = HASHES.find((name) => columns.includes(name));
  const id = IDS.find((name) => columns.includes(name));
  return hash ?? `cityHash64(${id ?? sortKey.replaceAll(/^\(|\)$/g, '')})`;
}

/** The clause that has a statement run on all servers; the name is checked where it is configured. */
export function onCluster(cluster: string): string {
  return ` ON CLUSTER \`${cluster}\``;
}

/** The names that a table has among the servers' own tables, on a cluster or not. */
export function storedNames(table: string): readonly string[] {
  return [table, `${table}_local`];
}

/** A table of `system` as a source of rows: each server of a cluster has one of its own. */
export function systemTable(name: string, cluster: string | undefined): string {
  return cluster === undefined
    ? `system.${name}`
    : `clusterAllReplicas('${cluster}', system.${name})`;
}

/** A table as a source of rows: on a cluster, those of all replicas, each row as often as it is stored. */
export function everyCopy(table: string, cluster: string | undefined): string {
  return cluster === undefined
    ? table
    : `clusterAllReplicas('${cluster}', currentDatabase(), ${table}_local)`;
}
