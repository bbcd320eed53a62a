import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/options.ts';
import { readConfig } from '../config/read-config.ts';
import { lockDataDir } from '../stores/postgres/data-dir-lock.ts';
import type { CliContext, Flags } from './context.ts';

interface Finding {
  readonly isGood: boolean;
  readonly what: string;
}

const OLDEST_NODE = [20, 19] as const;
/** An event takes about 100 bytes in the log; the embedded stores themselves want room to merge. */
const LEAST_FREE_BYTES = 1024 ** 3;

/** `tenth doctor`: looks for what would keep Tenth from running here. Exit code 1 when it finds something. */
export async function doctor(flags: Flags, context: CliContext): Promise<number> {
  const config = readConfig({ environment: context.environment, flags });
  const findings = [
    checkNode(),
    checkSystem(config),
    ...checkDataDir(config),
    ...(await checkPorts(config)),
    await checkChdb(config),
    checkBuild(context.builtDirectory),
  ];
  for (const { isGood, what } of findings) {
    context.print(`${isGood ? ' ok ' : 'BAD '} ${what}`);
  }
  return findings.every(({ isGood }) => isGood) ? 0 : 1;
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isGood = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    isGood,
    what: `Node.js ${process.versions.node}${isGood ? '' : `; ${OLDEST_NODE.join('.')} or newer is needed`}`,
  };
}

function checkSystem({ clickhouseUrl }: Config): Finding {
  const { platform, arch } = process;
  const isGood = clickhouseUrl !== undefined || platform === 'linux' || platform === 'darwin';
  return {
    isGood,
    what: `${platform} ${arch}${isGood ? '' : '; the embedded event log runs on Linux and macOS, elsewhere set CLICKHOUSE_URL'}`,
  };
}

function checkDataDir({ dataDir }: Config): readonly Finding[] {
  const path = resolve(dataDir);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.R_OK | constants.W_OK);
    lockDataDir(path).release();
  } catch (error) {
    return [{ isGood: false, what: error instanceof Error ? error.message : String(error) }];
  }
  const { bavail, bsize } = statfsSync(path);
  const free = bavail * bsize;
  return [
    { isGood: true, what: `the data directory ${path} can be written and is not in use` },
    {
      isGood: free >= LEAST_FREE_BYTES,
      what: `${(free / 1024 ** 3).toFixed(1)} GB free there`,
    },
  ];
}

function checkPorts({ port, host }: Config): Promise<readonly Finding[]> {
  const wanted = port === 0 ? [] : [port, port + 1, port + 2];
  return Promise.all(
    wanted.map(
      (one) =>
        new Promise<Finding>((resolvePort) => {
          const server = createServer();
          server.once('error', (error) =>
            resolvePort({ isGood: false, what: `port ${one} cannot be used: ${error.message}` }),
          );
          server.listen({ port: one, host }, () =>
            server.close(() => resolvePort({ isGood: true, what: `port ${one} is free` })),
          );
        }),
    ),
  );
}

async function checkChdb({ clickhouseUrl }: Config): Promise<Finding> {
  if (clickhouseUrl !== undefined) {
    return { isGood: true, what: 'the event log is a ClickHouse server' };
  }
  try {
    await import('chdb');
    return { isGood: true, what: 'libchdb can be loaded' };
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { isGood: false, what: `libchdb cannot be loaded: ${reason}` };
  }
}

function checkBuild(builtDirectory: URL): Finding {
  const missing = [
    'pglite-worker.js',
    'event-log-worker.js',
    'simulation-worker.js',
    'browser/t.js',
    'console/index.html',
  ].filter((file) => !existsSync(fileURLToPath(new URL(file, builtDirectory))));
  return missing.length === 0
    ? { isGood: true, what: 'script and console are built' }
    : { isGood: false, what: `not built: ${missing.join(', ')}; run npm run build` };
}
