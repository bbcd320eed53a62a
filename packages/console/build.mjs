import { dirname, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));

/**
 * Builds the console, quietly.
 *
 * @param {{ outDir?: string }} [options] `outDir` is `packages/console/dist` unless given.
 * @returns {Promise<string>} The folder with `index.html`, to be served under `/console/`.
 */
export async function buildConsole(options = {}) {
  const outDir = resolve(root, options.outDir ?? 'dist');
  await build({
    root,
    configFile: resolve(root, 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await buildConsole();
}
