import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/**
 * Bundles the server and its workers. Packages that the server depends on stay outside; the
 * workspace's own, which are source, go in.
 *
 * @param {{ outDir?: string }} [options] `outDir` is `dist` beside this file unless given.
 * @returns {Promise<string>} The folder with `tenth.js` and its workers.
 */
export async function buildServer({ outDir = here('./dist') } = {}) {
  const { dependencies, version } = JSON.parse(await readFile(here('./package.json'), 'utf8'));
  const outside = Object.keys(dependencies).filter((name) => !name.startsWith('@tenth/'));
  await build({
    entryPoints: {
      tenth: here('./src/tenth.ts'),
      'pglite-worker': here('./src/stores/postgres/pglite-worker.ts'),
      'event-log-worker': here('./src/stores/clickhouse/event-log-worker.ts'),
      'simulation-worker': here('./src/simulate/simulation-worker.ts'),
    },
    outdir: outDir,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: outside.flatMap((name) => [name, `${name}/*`]),
    // Some of the bundled packages are CommonJS and ask for Node's own modules.
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    define: { TENTH_VERSION: JSON.stringify(version) },
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
  });
  return outDir;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildServer();
}
