import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

/**
 * Bundles the worker for tests and returns its address; Node 20 cannot start TypeScript. The bundle
 * lies under node_modules, where it finds PGlite and its WebAssembly files.
 */
export async function buildPgliteWorker(): Promise<URL> {
  const folder = fileURLToPath(
    new URL('../../../../../../node_modules/.cache/tenth/', import.meta.url),
  );
  const outfile = join(folder, `pglite-worker-${process.pid}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({
    entryPoints: [fileURLToPath(new URL('../pglite-worker.ts', import.meta.url))],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    external: ['@electric-sql/pglite'],
    logLevel: 'error',
  });
  return pathToFileURL(outfile);
}
