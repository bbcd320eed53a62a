import type { ClickHouseClient, ClickHouseSettings } from '@clickhouse/client';
import { type ClusterPlace, toClusterStatements } from './cluster-statements.ts';

/**
 * What queries need on a cluster beside other tables:
 * - an insert is acknowledged when a majority of the replicas of each shard have it, so that a reader who
 *   asks for the last state (`append-batch.ts`) gets it from any replica, and none is written twice;
 * - a join or an IN with another table sends that table to the shards, since merged people lie on several;
 * - a change of a table is waited for on all replicas.
 */
export const clusterSettings: ClickHouseSettings = {
  distributed_foreground_insert: 1,
  insert_quorum: 'auto',
  insert_quorum_parallel: 0,
  distributed_product_mode: 'global',
  alter_sync: '2',
};

/** The same client, whose statements on tables reach the tables behind those that queries name. */
export function overShards(client: ClickHouseClient, place: ClusterPlace): ClickHouseClient {
  const run = client.command.bind(client);
  client.command = async (params) => {
    const [first = params.query, ...rest] = toClusterStatements(params.query, place);
    let result = await run({ ...params, query: first });
    for (const query of rest) {
      result = await run({ ...params, query });
    }
    return result;
  };
  return client;
}
