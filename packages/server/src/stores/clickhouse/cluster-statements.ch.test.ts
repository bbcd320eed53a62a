import { expect, test } from 'vitest';
import { openTestLog } from '../../measure/testing/open-test-log.ts';
import { toClusterStatements } from './cluster-statements.ts';
import { migrations } from './migrate.ts';

// There is no cluster in process: what can be held against the engine is that it can read the statements.
test('the engine reads what every migration becomes on a cluster, and each of their tables is spread', async () => {
  const log = await openTestLog();
  try {
    const place = { cluster: 'main', database: 'tenth' };
    for (const { name, statements } of migrations) {
      for (const statement of statements) {
        const onCluster = toClusterStatements(statement, place);
        if (/^\s*CREATE/.test(statement)) {
          expect(onCluster, name).toHaveLength(2);
        }
        for (const query of onCluster.filter((one) => !one.trim().startsWith('INSERT'))) {
          const reply = await log.client.query({
            query: `EXPLAIN AST ${query}`,
            format: 'TabSeparated',
          });
          expect(await reply.text(), query).toMatch(/CreateQuery|AlterQuery|DropQuery/);
        }
      }
    }
  } finally {
    await log.close();
  }
});
