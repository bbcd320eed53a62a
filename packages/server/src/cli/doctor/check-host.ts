import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Config } from '../../config/options.ts';
import { type Finding, messageOf } from './finding.ts';

const OLDEST_NODE = [20, 19] as const;

/** Node.js, the operating system, and what has to be built. */
export async function checkHost(config: Config, builtDirectory: URL): Promise<readonly Finding[]> {
  return [checkNode(), checkSystem(config), checkBuild(builtDirectory), await checkChdb(config)];
}

function checkNode(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const isGood = major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
  return {
    check: 'host.node',
    state: isGood ? 'ok' : 'bad',
    what: `Node.js ${process.versions.node}${isGood ? '' : `; ${OLDEST_NODE.join('.')} or newer is needed`}`,
  };
}

function checkSystem({ clickhouseUrl }: Config): Finding {
  const { platform, arch } = process;
  const isGood = clickhouseUrl !== undefined || platform === 'linux' || platform === 'darwin';
  return {
    check: 'host.system',
    state: isGood ? 'ok' : 'bad',
    what: `${platform} ${arch}${isGood ? '' : '; the embedded event log runs on Linux and macOS, elsewhere set CLICKHOUSE_URL'}`,
  };
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
    ? { check: 'host.build', state: 'ok', what: 'script and console are built' }
    : {
        check: 'host.build',
        state: 'bad',
        what: `not built: ${missing.join(', ')}; run npm run build`,
      };
}

async function checkChdb({ clickhouseUrl }: Config): Promise<Finding> {
  const check = 'host.chdb';
  if (clickhouseUrl !== undefined) {
    return { check, state: 'ok', what: 'the event log is a ClickHouse server' };
  }
  try {
    await import('chdb');
    return { check, state: 'ok', what: 'libchdb can be loaded' };
  } catch (error) {
    return { check, state: 'bad', what: `libchdb cannot be loaded: ${messageOf(error)}` };
  }
}
