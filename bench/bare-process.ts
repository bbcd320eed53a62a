import { spawn } from 'node:child_process';

export interface BareProcess {
  readonly origin: string;
  readonly pid: number;
  stop(): void;
}

/** Starts the yardstick: Fastify that parses the same and answers as many bytes, and nothing else. */
export async function startBare(replyBytes: number): Promise<BareProcess> {
  const port = 40_000 + Math.floor(Math.random() * 20_000);
  const entry = new URL('../../bench/bare-server.mjs', import.meta.url).pathname;
  const child = spawn(process.execPath, [entry, String(port), String(replyBytes)], {
    stdio: 'inherit',
  });
  const origin = `http://127.0.0.1:${port}`;
  for (let attempt = 0; attempt < 100; attempt += 1) {
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
  throw new Error('the bare server did not come up');
}
