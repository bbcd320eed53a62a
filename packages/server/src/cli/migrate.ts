import { openStores } from '../assembly/open-stores.ts';
import { readConfig } from '../config/read-config.ts';
import type { MigrationStep } from '../stores/due-migrations.ts';
import type { CliContext, Flags } from './context.ts';

/**
 * `tenth migrate`: brings both stores up to this version and says what it did. Starting the server does
 * the same; this is for an operator who wants it done before, and apart.
 */
export async function migrate(flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  const stores = await openStores({ config, builtDirectory: context.builtDirectory });
  try {
    report('PostgreSQL', stores.migrated.postgres, context);
    report('ClickHouse', stores.migrated.clickhouse, context);
    return 0;
  } finally {
    await stores.close();
  }
}

function report(store: string, applied: readonly MigrationStep[], { print }: CliContext): void {
  if (applied.length === 0) {
    print(`${store} was up to date.`);
    return;
  }
  print(`${store} was migrated:`);
  for (const { version, name } of applied) {
    print(`  ${String(version).padStart(4, '0')} ${name}`);
  }
}
