import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { listId, type WorkspaceId } from '@tenth/model/ids.ts';
import { buildServer } from '../../../build.mjs';
import type { Caller } from '../../admin/call.ts';
import { localCaller } from '../../cli/call-server.ts';
import { readConfig } from '../../config/read-config.ts';
import { connectClickHouse } from '../../stores/clickhouse/connect.ts';
import { openEmbeddedTest } from '../../stores/postgres/testing/open-test-store.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { openTenth } from '../open-tenth.ts';
import type { Tenth } from '../tenth.ts';
import { type FoundIn, searchStores, type Wanted } from './search-stores.ts';

export interface TenthHere {
  readonly tenth: Tenth;
  readonly caller: Caller;
  /** Sends messages as a client of the tracking API does. */
  send(messages: readonly object[], at?: number): Promise<void>;
  uploadList(id: string, by: 'user_id' | 'email', lines: readonly string[]): Promise<void>;
  /** Stops Tenth, unless it is, then looks through every column of every table of both stores. */
  stopAndSearch(wanted: ReadonlyMap<string, Wanted>): Promise<ReadonlyMap<string, FoundIn>>;
  remove(): Promise<void>;
}

/** Everything but the network on embedded stores, in this process: a test file opens one (`forks` pool). */
export async function openHere(): Promise<TenthHere> {
  // Below node_modules, where the bundle finds the packages it leaves outside.
  const builtDirectory = fileURLToPath(
    new URL(`../../../../../node_modules/.cache/tenth-here-${process.pid}`, import.meta.url),
  );
  mkdirSync(builtDirectory, { recursive: true });
  await buildServer({ outDir: builtDirectory });
  const dataDir = mkdtempSync(join(tmpdir(), 'tenth-test-'));
  const tenth = await openTenth({
    config: readConfig({
      environment: { TENTH_DATA_DIR: dataDir, TENTH_LOG_LEVEL: 'silent' },
      flags: {},
    }),
    logger: createLogger('silent'),
    version: '0.0.0-test',
    builtDirectory: pathToFileURL(`${builtDirectory}/`),
  });
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= tenth.stop();
    return stopping;
  };
  return {
    tenth,
    caller: localCaller(tenth.workspaceId),
    send: (messages, at = Date.now()) => send(tenth, tenth.workspaceId, messages, at),
    async uploadList(id, by, lines) {
      await tenth.admin.handlers.uploadList({
        caller: localCaller(tenth.workspaceId),
        params: { id: listId.parse(id) },
        query: { by },
        upload: {
          mediaType: 'text/plain',
          charset: 'utf-8',
          chunks: (async function* () {
            yield new TextEncoder().encode(lines.join('\n'));
          })(),
        },
      });
    },
    async stopAndSearch(wanted) {
      await stop();
      const postgres = await openEmbeddedTest(dataDir);
      const clickhouse = await connectClickHouse({
        kind: 'embedded',
        dataDir: join(dataDir, 'clickhouse'),
      });
      try {
        return await searchStores(postgres.connection, clickhouse.client, wanted);
      } finally {
        await clickhouse.close();
        await postgres.connection.close();
      }
    },
    async remove() {
      await stop();
      rmSync(builtDirectory, { recursive: true, force: true });
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function send(
  { collector }: Tenth,
  workspaceId: WorkspaceId,
  batch: readonly object[],
  receivedAt: number,
): Promise<void> {
  // What a client would have sent as JSON.
  const body = JSON.parse(JSON.stringify({ batch }));
  const reply = await collector.collect({
    workspaceId,
    isTrusted: true,
    call: 'batch',
    body,
    bodyBytes: JSON.stringify(body).length,
    receivedAt,
    client: {
      ip: '203.0.113.77',
      userAgent: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0.0.0 Safari/537.36',
      referer: '',
      origin: '',
      clientHints: {},
      gpc: false,
    },
    isDecide: true,
    isExplained: false,
  });
  if (!reply.success) {
    throw new Error(`refused: ${JSON.stringify(reply.rejected)}`);
  }
}
