import { mkdir, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

/**
 * Bundles the shop's browser script to `dist/client.js`.
 *
 * @returns {Promise<string>} The script, as `createDemoShop` wants it.
 */
export async function buildDemoShop() {
  const outfile = new URL('dist/client.js', import.meta.url);
  await mkdir(new URL('dist/', import.meta.url), { recursive: true });
  const result = await build({
    entryPoints: [new URL('src/client/main.ts', import.meta.url).pathname],
    outfile: outfile.pathname,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  const [file] = result.outputFiles;
  if (file === undefined) {
    throw new Error('esbuild gave no output');
  }
  await writeFile(outfile, file.contents);
  return file.text;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  await buildDemoShop();
}
