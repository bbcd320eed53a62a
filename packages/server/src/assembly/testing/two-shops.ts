import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { workspaceId } from '@tenth/model/ids.ts';
import type { Scope } from '@tenth/model/permission.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { buildServer } from '../../../build.mjs';
import { localCaller } from '../../cli/call-server.ts';
import { readConfig } from '../../config/read-config.ts';
import { createLogger } from '../../telemetry/logger.ts';
import { openTenth } from '../open-tenth.ts';
import { startTenth } from '../start-tenth.ts';
import type { Tenth, TenthOptions } from '../tenth.ts';

/** One of two workspaces of one server. */
export interface Shop {
  /** Stands in every text that this shop gave, and nowhere else. */
  readonly marker: string;
  readonly writeKey: string;
  readonly apiKey: string;
  /** Keys of this shop that may do less, by their one scope. */
  readonly narrowKeys: Readonly<Record<Scope, string>>;
  /** Ids of the two keys above, and of one that nobody uses. */
  readonly keyIds: { readonly inUse: readonly string[]; readonly spare: string };
}

export interface TwoShops {
  readonly origin: string;
  readonly ours: Shop;
  readonly theirs: Shop;
  stop(): Promise<void>;
}

/**
 * A server on embedded stores with two workspaces, reached over a socket like any other. It owns the
 * process's one embedded event log, so a test file opens one (vitest's `forks` pool).
 */
export async function openTwoShops(): Promise<TwoShops> {
  // Below node_modules, where the bundle finds the packages it leaves outside.
  const builtDirectory = fileURLToPath(
    new URL(`../../../../../node_modules/.cache/tenth-shops-${process.pid}`, import.meta.url),
  );
  mkdirSync(builtDirectory, { recursive: true });
  await buildServer({ outDir: builtDirectory });
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-test-'));
  const options = (id: string): TenthOptions => ({
    config: readConfig({
      environment: {
        TENTH_DATA_DIR: dataDir,
        TENTH_PORT: '0',
        TENTH_LOG_LEVEL: 'silent',
        TENTH_ADDRESS_RATE: '0',
        TENTH_SENDER_RATE: '0',
        TENTH_API_RATE: '0',
      },
      flags: {},
    }),
    logger: createLogger('silent'),
    version: '0.0.0-test',
    builtDirectory: pathToFileURL(`${builtDirectory}/`),
    workspace: {
      id: workspaceId.parse(id),
      seed: planDefinition.parse({
        version: 1,
        settings: { name: `${id}7f3a` },
        segments: [],
        campaigns: [],
      }),
    },
  });
  // A start makes one workspace and finds those that there are.
  await (await openTenth(options('theirs'))).stop();
  const tenth = await startTenth(options('ours'));
  tenth.markReady();
  return {
    origin: `http://127.0.0.1:${tenth.addresses.port}`,
    ours: await openShop(tenth, 'ours'),
    theirs: await openShop(tenth, 'theirs'),
    async stop() {
      await tenth.stop();
      rmSync(builtDirectory, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function openShop({ admin }: Tenth, id: string): Promise<Shop> {
  const marker = `${id}7f3a`;
  const caller = localCaller(workspaceId.parse(id));
  const create = (kind: 'write_key' | 'api_key') =>
    admin.handlers.createKey({
      caller,
      body: { name: `key of ${marker}`, kind, scopes: ['read', 'write'], origins: [] },
    });
  const narrow = async (scope: Scope) => {
    const { secret } = await admin.handlers.createKey({
      caller,
      body: { name: `${scope} of ${marker}`, kind: 'api_key', scopes: [scope], origins: [] },
    });
    return secret;
  };
  const [writeKey, apiKey, spare] = [
    await create('write_key'),
    await create('api_key'),
    await create('write_key'),
  ];
  return {
    marker,
    writeKey: writeKey.secret,
    apiKey: apiKey.secret,
    narrowKeys: {
      read: await narrow('read'),
      write: await narrow('write'),
      reports: await narrow('reports'),
      collect: await narrow('collect'),
    },
    keyIds: { inUse: [writeKey.key.id, apiKey.key.id], spare: spare.key.id },
  };
}
