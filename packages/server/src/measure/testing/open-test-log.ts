import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WorkspaceId, workspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { packBody } from '../../ship/outbox-body.ts';
import { createEventLog } from '../../stores/clickhouse/append-batch.ts';
import { connectClickHouse } from '../../stores/clickhouse/connect.ts';
import { toLogText } from '../../stores/clickhouse/log-text.ts';
import { migrateClickHouse } from '../../stores/clickhouse/migrate.ts';

/**
 * The event log in a directory of its own, gone after `close`. A process can own one such directory
 * at a time, so a test file opens one and every file needs its own process (vitest's `forks` pool).
 */
export async function openTestLog() {
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-test-'));
  const connection = await connectClickHouse({ kind: 'embedded', dataDir });
  await migrateClickHouse(connection.client);
  const eventLog = createEventLog(connection.client);
  let batch = 0n;
  return {
    client: connection.client,
    eventLog,
    readerOf: (id: WorkspaceId | string) => ({
      client: connection.client,
      workspaceId: workspaceId.parse(id),
    }),
    async append(records: readonly LogRecord[]): Promise<void> {
      batch += 1n;
      const bodies = await Promise.all(records.map((record) => packBody(toLogText([record]))));
      const rows = bodies.map((body, index) => ({ id: batch * 1_000n + BigInt(index), body }));
      await eventLog.append({ id: batch, rows });
    },
    async close(): Promise<void> {
      await connection.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
