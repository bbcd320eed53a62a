import type { Config } from '../config/options.ts';
import { ConfigError } from '../config/read-config.ts';
import { roles } from '../nodes/role.ts';

/**
 * Several processes need stores that several processes can use.
 *
 * @throws {ConfigError}
 */
export function requireServedStores(config: Config): void {
  const isShared = config.workers > 1 || config.roles.length < roles.length;
  if (isShared && (config.databaseUrl === undefined || config.clickhouseUrl === undefined)) {
    const which = config.workers > 1 ? '--workers' : '--roles';
    throw new ConfigError([
      `${which}: the embedded stores belong to one process that does everything; give DATABASE_URL and CLICKHOUSE_URL, too`,
    ]);
  }
}
