import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import nodeFlags from '@tenth/server/node-flags.json' with { type: 'json' };

const ENTRY = fileURLToPath(new URL('../../packages/server/dist/tenth.js', import.meta.url));

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
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'tenth-test-')));
  const child = spawn(process.execPath, [...nodeFlags, ENTRY, 'demo'], {
    env: {
      ...process.env,
      TENTH_PORT: String(port),
      TENTH_DATA_DIR: dataDir,
      TENTH_DEMO_WRITE_KEY: WRITE_KEY,
      TENTH_DEMO_API_KEY: API_KEY,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const origin = `http://localhost:${port}`;
  await untilReady(origin, child, output);
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await gone;
  };
  return {
    origin,
    shopOrigin: `http://localhost:${port + 1}`,
    portalOrigin: `http://localhost:${port + 2}`,
    dataDir,
    pid: child.pid ?? 0,
    kill: () => end('SIGKILL'),
    stop: async () => {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function untilReady(origin: string, child: ChildProcess, output: string[]): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) {
      throw new Error(`tenth ended with ${child.exitCode}:\n${output.join('')}`);
    }
    const isReady = await fetch(`${origin}/readyz`).then(
      (reply) => reply.ok,
      () => false,
    );
    if (isReady) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`tenth was not ready within a minute:\n${output.join('')}`);
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
