import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDatabaseFiles } from '@tenth/server/stores/postgres/testing/seed-database-files.ts';
import { spawnTenth } from './spawn-tenth.ts';

export const WRITE_KEY = 'e2e_write_key';
export const API_KEY = 'e2e_api_key_0123456789abcdef';

/** A Tenth demo as its own process, with its data in a directory of its own. */
export interface TenthProcess {
  readonly origin: string;
  readonly shopOrigin: string;
  readonly portalOrigin: string;
  readonly dataDir: string;
  readonly pid: number;
  /** SIGKILL, as a crash would end it. Resolves once the process is gone. */
  kill(): Promise<void>;
  /** SIGTERM, and the data directory removed. */
  stop(): Promise<void>;
}

export interface StartOptions {
  /** Continue on what an earlier process left. */
  readonly dataDir?: string;
  readonly port?: number;
}

/** Starts `tenth demo` and waits until it is ready. Throws with its output when it does not come up. */
export async function startTenth(options: StartOptions = {}): Promise<TenthProcess> {
  const port = options.port ?? (await findThreePorts());
  const dataDir = options.dataDir ?? (await makeDataDir());
  const child = spawnTenth(['demo'], {
    TENTH_PORT: String(port),
    TENTH_DATA_DIR: dataDir,
    TENTH_DEMO_WRITE_KEY: WRITE_KEY,
    TENTH_DEMO_API_KEY: API_KEY,
  });
  const origin = `http://localhost:${port}`;
  await child.untilReady(origin);
  return {
    origin,
    shopOrigin: `http://localhost:${port + 1}`,
    portalOrigin: `http://localhost:${port + 2}`,
    dataDir,
    pid: child.pid,
    kill: async () => {
      await child.end('SIGKILL');
    },
    stop: async () => {
      await child.end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function makeDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tenth-test-'));
  await seedDatabaseFiles(dataDir);
  return dataDir;
}

/** Three neighbouring ports that are free now: Tenth, shop, portal. */
async function findThreePorts(): Promise<number> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const first = 20_000 + Math.floor(Math.random() * 30_000);
    const free = await Promise.all([first, first + 1, first + 2].map(isFree));
    if (free.every(Boolean)) {
      return first;
    }
  }
  throw new Error('no three neighbouring ports are free');
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
