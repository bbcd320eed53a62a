import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import nodeFlags from '@tenth/server/node-flags.json' with { type: 'json' };

const ENTRY = fileURLToPath(new URL('../../packages/server/dist/tenth.js', import.meta.url));

/** The built `tenth` with some arguments, as its own process. */
export interface SpawnedTenth {
  readonly pid: number;
  /** What it has printed and logged so far. */
  output(): string;
  /** Sends the signal; resolves with the exit code once the process is gone, null after a kill. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves once `/readyz` says so. Throws with its output when it ends first, or after a minute. */
  untilReady(origin: string): Promise<void>;
}

export function spawnTenth(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): SpawnedTenth {
  const child = spawn(process.execPath, [...nodeFlags, ENTRY, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  const gone = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => resolve(code));
  });
  return {
    pid: child.pid ?? 0,
    output: () => output.join(''),
    end: (signal) => {
      child.kill(signal);
      return gone;
    },
    untilReady: (origin) => untilReady(origin, child, output),
  };
}

async function untilReady(
  origin: string,
  child: ChildProcess,
  output: readonly string[],
): Promise<void> {
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
