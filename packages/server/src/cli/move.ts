import { z } from 'zod';
import { openStores } from '../assembly/open-stores.ts';
import { type Config, options } from '../config/options.ts';
import { ConfigError, readConfig } from '../config/read-config.ts';
import { connectClickHouse } from '../stores/clickhouse/connect.ts';
import { moveClickHouse, requireEmptyClickHouse } from '../stores/move/move-clickhouse.ts';
import { movePostgres, requireEmptyPostgres } from '../stores/move/move-postgres.ts';
import { openServed } from '../stores/postgres/served-connection.ts';
import type { CliContext, Flags } from './context.ts';
import { createMoveReport } from './move-report.ts';

const moveFlags = z.object({
  toDatabaseUrl: options.databaseUrl.type.unwrap(),
  toClickhouseUrl: options.clickhouseUrl.type.unwrap(),
  toClickhouseCluster: options.clickhouseCluster.type,
});
type Target = z.infer<typeof moveFlags>;

/**
 * `tenth move`: copies an embedded installation to served stores and compares what arrived. The source
 * stays as it is. Nothing may run on it meanwhile, which the lock of the data directory sees to.
 */
export async function move(flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  requireEmbedded(config);
  const target = moveFlags.parse(flags);
  await requireEmptyTarget(target);
  const source = await openStores({ config, builtDirectory: context.builtDirectory });
  try {
    const served = await openStores({
      config: {
        ...config,
        databaseUrl: target.toDatabaseUrl,
        clickhouseUrl: target.toClickhouseUrl,
        clickhouseCluster: target.toClickhouseCluster,
      },
      builtDirectory: context.builtDirectory,
    });
    const patient = openServed(target.toDatabaseUrl, { connections: 1, statementTimeout: 'none' });
    try {
      const report = createMoveReport(context.print);
      // The log first: what the operational store says was logged, is.
      await moveClickHouse(source.clickhouse.client, served.clickhouse.client, report);
      await movePostgres(source.postgres.db, patient.db, report);
    } finally {
      await patient.close();
      await served.close();
    }
  } finally {
    await source.close();
  }
  context.print('Everything has arrived. Start with DATABASE_URL and CLICKHOUSE_URL from now on.');
  return 0;
}

/** @throws {ConfigError} The variables that name the target are set already, so that it would be the source. */
function requireEmbedded({ databaseUrl, clickhouseUrl }: Config): void {
  if (databaseUrl !== undefined || clickhouseUrl !== undefined) {
    throw new ConfigError([
      'move copies the stores of the data directory: unset DATABASE_URL and CLICKHOUSE_URL, and name the target by --to-database-url and --to-clickhouse-url',
    ]);
  }
}

/** Looked at before anything is made there. */
async function requireEmptyTarget(target: Target): Promise<void> {
  const postgres = openServed(target.toDatabaseUrl, { connections: 1 });
  try {
    await requireEmptyPostgres(postgres.db);
  } finally {
    await postgres.close();
  }
  const clickhouse = await connectClickHouse({
    kind: 'served',
    url: target.toClickhouseUrl,
    cluster: target.toClickhouseCluster,
  });
  try {
    await requireEmptyClickHouse(clickhouse.client);
  } finally {
    await clickhouse.close();
  }
}
