import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/** Bundles the worker for tests and returns its address; Node 20 cannot start TypeScript. */
export function buildPgliteWorker(): Promise<URL> {
  return buildForNode(
    fileURLToPath(new URL('../pglite-worker.ts', import.meta.url)),
    'pglite-worker',
  );
}

/**
 * Bundles a TypeScript file that a test starts as a process or a thread. The bundle lies under
 * node_modules, where it finds the packages it uses.
 */
export async function buildForNode(entry: string, name: string): Promise<URL> {
  const folder = fileURLToPath(
    new URL('../../../../../../node_modules/.cache/tenth/', import.meta.url),
  );
  const outfile = join(folder, `${name}-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: [
      '@clickhouse/client',
      '@electric-sql/pglite',
      'chdb',
      'chdb/*',
      'kysely',
      'pg',
      'liquidjs',
      'zod',
    ],
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}
