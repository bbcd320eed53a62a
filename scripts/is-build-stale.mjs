import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'packages/server/dist/built-at');
const sources = [
  'packages/model',
  'packages/engine',
  'packages/browser',
  'packages/console',
  'packages/server',
  'examples/demo-shop',
  'scripts/build.mjs',
  'package-lock.json',
];
const skipped = new Set(['node_modules', 'dist']);

/** Whether a source has changed since everything was built. Uses Node's own modules only. */
export async function isBuildStale() {
  const builtAt = await readFile(stamp, 'utf8').then(Date.parse, () => Number.NaN);
  if (Number.isNaN(builtAt)) {
    return true;
  }
  for (const source of sources) {
    if (await hasNewer(join(root, source), builtAt)) {
      return true;
    }
  }
  return false;
}

async function hasNewer(path, since) {
  const { mtimeMs, isDirectory } = await stat(path).then(
    (found) => ({ mtimeMs: found.mtimeMs, isDirectory: found.isDirectory() }),
    () => ({ mtimeMs: 0, isDirectory: false }),
  );
  if (!isDirectory) {
    return mtimeMs > since && !/\.test\.ts$/.test(path);
  }
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!skipped.has(entry.name) && (await hasNewer(join(path, entry.name), since))) {
      return true;
    }
  }
  return false;
}
