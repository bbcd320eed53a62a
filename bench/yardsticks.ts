import { spawn } from 'node:child_process';
import nodeFlags from '@tenth/server/node-flags.json' with { type: 'json' };

/** A server to compare with, as a process of its own. */
export interface YardstickProcess {
  readonly origin: string;
  readonly pid: number;
  stop(): void;
}

/** Fastify that parses the same and answers as many bytes, and nothing else. */
export function startBare(replyBytes: number): Promise<YardstickProcess> {
  return start('bare-server.mjs', [], replyBytes);
}

/** The same, but it answers once rows as large as Tenth's are committed. */
export function startRows(replyBytes: number): Promise<YardstickProcess> {
  return start('dist/rows-server.js', nodeFlags, replyBytes);
}

async function start(
  file: string,
  flags: readonly string[],
  replyBytes: number,
): Promise<YardstickProcess> {
  const port = 40_000 + Math.floor(Math.random() * 20_000);
  const entry = new URL(`../../bench/${file}`, import.meta.url).pathname;
  const child = spawn(process.execPath, [...flags, entry, String(port), String(replyBytes)], {
    stdio: 'inherit',
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 400 && child.exitCode === null; attempt += 1) {
    const isUp = await fetch(origin).then(
      () => true,
      () => false,
    );
    if (isUp) {
      return { origin, pid: child.pid ?? 0, stop: () => child.kill() };
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill();
  throw new Error(`${file} did not come up`);
}
