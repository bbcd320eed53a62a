import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { buildForNode } from '../../postgres/testing/pglite-worker-build.ts';

/** A ClickHouse server for tests, a process of its own. */
export interface ClickHouseFront {
  /** `http://127.0.0.1:PORT`; a path names the database. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends queries in flight and lets go of the directory; with `SIGKILL`, at once. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts the real engine behind ClickHouse's HTTP interface; it ends with this process.
 *
 * @param dataDir Its own; kept when it stops, so that it can be started again on it.
 * @param port Any free one unless given, as for a start after a stop.
 * @throws {Error} It ended before it listened: the directory is another process's, the port is taken.
 */
export async function startClickHouseFront(dataDir: string, port = 0): Promise<ClickHouseFront> {
  const entry = fileURLToPath(new URL('./clickhouse-front.ts', import.meta.url));
  const program = await buildForNode(entry, 'clickhouse-front');
  const child = fork(fileURLToPath(program), [dataDir, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    execArgv: [],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const ended = once(child, 'exit').finally(() => process.off('exit', kill));
  return {
    url: await readAddress(child, ended),
    process: child,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await ended;
    },
  };
}

async function readAddress(child: ChildProcess, ended: Promise<unknown>): Promise<string> {
  const told = new Promise<string>((resolve) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const address = /^(http\S+)$/m.exec(text)?.[1];
      if (address !== undefined) {
        resolve(address);
      }
    });
  });
  const failed = ended.then((): never => {
    throw new Error(`the ClickHouse front ended with ${child.exitCode ?? child.signalCode}`);
  });
  return await Promise.race([told, failed]);
}
