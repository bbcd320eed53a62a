import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '@tenth/server/demo/free-ports.ts';
import { type SpawnedTenth, spawnTenth } from './spawn-tenth.ts';
import { API_KEY, WRITE_KEY } from './tenth-process.ts';

export interface StoreUrls {
  readonly databaseUrl: string;
  readonly clickhouseUrl: string;
}

/** A `tenth start` on served databases. */
export interface Node extends Pick<SpawnedTenth, 'pid' | 'output'> {
  readonly origin: string;
  kill(): Promise<void>;
  /** SIGTERM. Resolves with the exit code. */
  stop(): Promise<number | null>;
}

/** One that need not be ready. */
export interface StartingNode extends Node {
  untilReady(): Promise<void>;
}

export interface NodeOptions extends StoreUrls {
  readonly port?: number;
  readonly args?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** Starts a node and waits until it is ready. */
export async function startNode(options: NodeOptions): Promise<Node> {
  const node = await spawnNode(options);
  await node.untilReady();
  return node;
}

/** Starts a node, whatever becomes of it. */
export async function spawnNode({
  port,
  args = [],
  environment = {},
  ...urls
}: NodeOptions): Promise<StartingNode> {
  const [free = 0] = port === undefined ? await findFreePorts(1, '127.0.0.1') : [port];
  const child = spawnTenth(['start', ...args], { ...environmentOf(urls, free), ...environment });
  const origin = `http://127.0.0.1:${free}`;
  return {
    origin,
    untilReady: () => child.untilReady(origin),
    pid: child.pid,
    output: child.output,
    kill: async () => {
      await child.end('SIGKILL');
    },
    stop: () => child.end('SIGTERM'),
  };
}

/** Makes the demo's workspace, with its plan and keys, in empty databases. */
export async function seedDemo(urls: StoreUrls): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-seed-'));
  const [port = 0] = await findFreePorts(1, '127.0.0.1');
  const demo = spawnTenth(['demo'], { ...environmentOf(urls, port), TENTH_DATA_DIR: dataDir });
  await demo.untilReady(`http://127.0.0.1:${port}`);
  await demo.end('SIGTERM');
  await rm(dataDir, { recursive: true, force: true });
}

function environmentOf({ databaseUrl, clickhouseUrl }: StoreUrls, port: number) {
  return {
    TENTH_PORT: String(port),
    TENTH_LOG_LEVEL: 'warn',
    TENTH_DEMO_WRITE_KEY: WRITE_KEY,
    TENTH_DEMO_API_KEY: API_KEY,
    DATABASE_URL: databaseUrl,
    CLICKHOUSE_URL: clickhouseUrl,
  };
}
