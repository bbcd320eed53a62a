import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildServer } from '../../../build.mjs';
import { findFreePorts } from '../../demo/free-ports.ts';

export const WRITE_KEY = 'write_key_of_tests';
export const API_KEY = 'api_key_of_tests';

// Below node_modules, where the bundle finds the packages it leaves outside.
const builtDirectory = fileURLToPath(
  new URL(`../../../../../node_modules/.cache/tenth-cli-${process.pid}`, import.meta.url),
);

/** Builds the server alone, into a folder of its own. */
export async function buildForTests(): Promise<void> {
  mkdirSync(builtDirectory, { recursive: true });
  await buildServer({ outDir: builtDirectory });
  writeFileSync(join(builtDirectory, 'demo-shop.js'), '');
}

export function removeBuild(): void {
  rmSync(builtDirectory, { recursive: true, force: true });
}

export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

export interface TenthRun {
  readonly child: ChildProcess;
  readonly origin: string;
  readonly ended: Promise<Ended>;
  /** Resolves once `/readyz` says so; rejects with the output when the process ends before. */
  ready(): Promise<void>;
  stop(): Promise<Ended>;
}

/**
 * Runs a command of the built program. Three neighbouring ports are chosen unless one is given.
 *
 * @param under A program that runs it, with its arguments, such as `unshare`.
 */
export async function runTenth(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  under: readonly string[] = [],
): Promise<TenthRun> {
  const port = environment.TENTH_PORT ?? String(await findThreePorts());
  const line = [...under, process.execPath, join(builtDirectory, 'tenth.js'), ...args];
  const [program = process.execPath, ...rest] = line;
  const child = spawn(program, rest, {
    env: {
      ...process.env,
      TENTH_DEMO_WRITE_KEY: WRITE_KEY,
      TENTH_DEMO_API_KEY: API_KEY,
      TENTH_PORT: port,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (text: Buffer) => {
    output += text.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, output }));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    child,
    origin,
    ended,
    async ready() {
      let hasEnded = false;
      void ended.then(() => {
        hasEnded = true;
      });
      while (!(await isReady(origin))) {
        if (hasEnded) {
          throw new Error(`tenth ended:\n${output}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

function isReady(origin: string): Promise<boolean> {
  return fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(3_000) }).then(
    (reply) => reply.ok,
    () => false,
  );
}

/** A free port whose two neighbours are free too, as far as one can tell beforehand. */
async function findThreePorts(): Promise<number> {
  const [port = 0] = await findFreePorts(1, '127.0.0.1');
  return Math.min(port, 65_533);
}
