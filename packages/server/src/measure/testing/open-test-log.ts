import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type WorkspaceId, workspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { packBody } from '../../ship/outbox-body.ts';
import { createEventLog } from '../../stores/clickhouse/append-batch.ts';
import { type ClickHouseConnection, connectClickHouse } from '../../stores/clickhouse/connect.ts';
import { toLogText } from '../../stores/clickhouse/log-text.ts';
import { migrateClickHouse } from '../../stores/clickhouse/migrate.ts';

/**
 * An empty event log of its own, gone after `close`: in a directory, or, where TEST_CLICKHOUSE_URL names a
 * ClickHouse server, in a database there. A process can own one directory at a time, so a test file opens
 * one log and every file needs its own process (vitest's `forks` pool).
 */
export async function openTestLog() {
  const { connection, remove } = await openEmptyLog();
  await migrateClickHouse(connection);
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
      await remove();
    },
  };
}

interface EmptyLog {
  readonly connection: ClickHouseConnection;
  /** Closes it, too. */
  remove(): Promise<void>;
}

function openEmptyLog(): Promise<EmptyLog> {
  const server = process.env['TEST_CLICKHOUSE_URL'];
  return server === undefined || server === '' ? openDirectory() : openDatabase(server);
}

async function openDirectory(): Promise<EmptyLog> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-test-'));
  const connection = await connectClickHouse({ kind: 'embedded', dataDir });
  return {
    connection,
    async remove() {
      await connection.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openDatabase(server: string): Promise<EmptyLog> {
  // Made and dropped here only, under a name that nothing else has.
  const database = `tenth_test_${randomBytes(8).toString('hex')}`;
  const connection = await connectClickHouse({
    kind: 'served',
    url: new URL(database, server).href,
  });
  return {
    connection,
    async remove() {
      await connection.client.command({ query: `DROP DATABASE ${database} SYNC` });
      await connection.close();
    },
  };
}
