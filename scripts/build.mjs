// Builds everything into packages/server/dist, which is then all that `tenth` needs.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';

export const distDirectory = fileURLToPath(new URL('../packages/server/dist', import.meta.url));

/** Written last, so that its time tells whether a source is newer. */
export const buildStamp = `${distDirectory}/built-at`;

const parts = {
  'browser script': async () => {
    const { buildBrowser } = await import('../packages/browser/build.mjs');
    await buildBrowser({ outDir: `${distDirectory}/browser` });
    await compressFiles(`${distDirectory}/browser`);
  },
  console: async () => {
    const { buildConsole } = await import('../packages/console/build.mjs');
    await buildConsole({ outDir: `${distDirectory}/console` });
    await compressFiles(`${distDirectory}/console`);
  },
  'demo shop': async () => {
    const { buildDemoShop } = await import('../examples/demo-shop/build.mjs');
    await writeFile(`${distDirectory}/demo-shop.js`, await buildDemoShop());
  },
  server: async () => {
    const { buildServer } = await import('../packages/server/build.mjs');
    await buildServer({ outDir: distDirectory });
  },
};

const packers = { '.br': promisify(brotliCompress), '.gz': promisify(gzip) };

/** Puts a packed copy beside each file of text, which the server then sends as it is. */
async function compressFiles(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (/\.(br|gz)$/.test(entry.name)) {
      await rm(path);
    }
  }
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (/\.(js|css|html|svg)$/.test(entry.name)) {
      const bytes = await readFile(path);
      await Promise.all(
        Object.entries(packers).map(async ([suffix, pack]) =>
          writeFile(`${path}${suffix}`, await pack(bytes)),
        ),
      );
    }
  }
}

/** Builds all parts at once; prints a line for each. Throws when one of them fails. */
export async function buildAll() {
  // A stamp from now: what changes while building is built again next time.
  const startedAt = new Date();
  await mkdir(distDirectory, { recursive: true });
  const outcomes = await Promise.allSettled(
    Object.entries(parts).map(async ([name, buildPart]) => {
      const started = performance.now();
      await buildPart();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      process.stdout.write(`  built ${name.padEnd(16)} ${seconds.padStart(5)} s\n`);
    }),
  );
  const failures = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason] : [],
  );
  if (failures.length > 0) {
    throw new AggregateError(failures, failures.map((error) => error.message).join('\n'));
  }
  await writeFile(buildStamp, startedAt.toISOString());
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await buildAll();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
