import type { ClickHouseClient } from '@clickhouse/client';

/**
 * What is wrong where the tables and the configuration disagree about a cluster; undefined where they agree.
 *
 * @param engine Of the table `events`; undefined before the first migration.
 */
export function complainOfLayout(
  engine: string | undefined,
  cluster: string | undefined,
): string | undefined {
  if (engine === undefined || (engine === 'Distributed') === (cluster !== undefined)) {
    return undefined;
  }
  return cluster === undefined
    ? 'the event log was made for a cluster: give its name as CLICKHOUSE_CLUSTER'
    : `the event log was made for a single server and not for the cluster ${cluster}: leave CLICKHOUSE_CLUSTER out, or name an empty database`;
}

/** @throws {Error} See {@link complainOfLayout}. */
export async function requireLayout(
  client: ClickHouseClient,
  cluster: string | undefined,
): Promise<void> {
  const reply = await client.query({
    query:
      "SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = 'events'",
    format: 'JSONEachRow',
  });
  const [events] = await reply.json<{ readonly engine: string }>();
  const complaint = complainOfLayout(events?.engine, cluster);
  if (complaint !== undefined) {
    throw new Error(complaint);
  }
}
