import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectClickHouse } from './connect.ts';
import { migrateClickHouse } from './migrate.ts';
import { startClickHouseFront } from './testing/start-clickhouse-front.ts';

test('an event log of a single server is not opened as one of a cluster', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-layout-'));
  const front = await startClickHouseFront(dataDir);
  const location = { kind: 'served', url: front.url } as const;
  const first = await connectClickHouse(location);
  await migrateClickHouse(first);
  await first.close();
  await expect(connectClickHouse({ ...location, cluster: 'main' })).rejects.toThrow(
    'the event log was made for a single server and not for the cluster main',
  );
  const again = await connectClickHouse(location);
  await again.close();
  await front.stop();
  await rm(dataDir, { recursive: true, force: true });
});
