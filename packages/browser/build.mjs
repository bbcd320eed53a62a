import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, transform } from 'esbuild';

const source = fileURLToPath(new URL('./src/', import.meta.url));
const chunkNames = ['render', 'watch', 'datalayer'];

/** Long cache lives need names that change with the content: `render-4K2ZQ7XA.js`. */
const chunkFile = (name) => new RegExp(`^${name}-[0-9A-Z]{8}\\.js$`);

/** A style sheet becomes the text that `new CSSStyleSheet()` takes. */
const styleSheetText = {
  name: 'style-sheet-text',
  setup(context) {
    context.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const css = await readFile(path, 'utf8');
      const { code } = await transform(css, { loader: 'css', minify: true });
      return { contents: code.trim(), loader: 'text' };
    });
  },
};

const shared = {
  // Names in the output, and so the hashes, must not depend on where the build was called from.
  absWorkingDir: source,
  bundle: true,
  minify: true,
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
  plugins: [styleSheetText],
};

/** Removes chunks of earlier builds, so that the folder holds one version. */
async function clean(outDir) {
  await mkdir(outDir, { recursive: true });
  for (const file of await readdir(outDir)) {
    if (file === 't.js' || chunkNames.some((name) => chunkFile(name).test(file))) {
      await rm(join(outDir, file));
    }
  }
}

/**
 * Writes `t.js` and the chunks it loads from its own folder on demand.
 *
 * @param {{outDir: string}} options
 * @returns {Promise<{core: string, chunks: Record<string, string>}>} File names by chunk.
 */
export async function buildBrowser({ outDir }) {
  await clean(outDir);
  const { metafile } = await build({
    ...shared,
    entryPoints: Object.fromEntries(
      chunkNames.map((name) => [name, join(source, name, 'main.ts')]),
    ),
    entryNames: '[name]-[hash]',
    format: 'esm',
    metafile: true,
    outdir: outDir,
  });
  const files = Object.keys(metafile.outputs).map((path) => basename(path));
  const chunks = Object.fromEntries(
    chunkNames.map((name) => [name, files.find((file) => chunkFile(name).test(file))]),
  );
  await build({
    ...shared,
    entryPoints: { t: join(source, 'core', 'main.ts') },
    format: 'iife',
    define: { TENTH_CHUNKS: JSON.stringify(chunks) },
    outdir: outDir,
  });
  return { core: 't.js', chunks };
}

/**
 * Compares each file, gzipped at level 9, with its budget in `size.json`; prints all.
 *
 * @param {string} outDir Where `buildBrowser` wrote.
 * @throws {Error} A file is over its budget or missing.
 */
export async function checkSizes(outDir) {
  const budgets = JSON.parse(await readFile(new URL('./size.json', import.meta.url), 'utf8'));
  const files = await readdir(outDir);
  const sizes = [];
  for (const [name, { maxGzipBytes }] of Object.entries(budgets)) {
    const file = files.find((each) => each === name || chunkFile(name).test(each));
    if (file === undefined) {
      throw new Error(`${name} was not built into ${outDir}`);
    }
    const gzipBytes = gzipSync(await readFile(join(outDir, file)), { level: 9 }).length;
    sizes.push({ name, file, gzipBytes, maxGzipBytes });
    process.stdout.write(`${file.padEnd(26)} ${gzipBytes} of ${maxGzipBytes} bytes gzipped\n`);
  }
  const over = sizes.filter((size) => size.gzipBytes > size.maxGzipBytes);
  if (over.length > 0) {
    throw new Error(`over budget: ${over.map((size) => size.file).join(', ')}`);
  }
  return sizes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const outDir = fileURLToPath(new URL('./dist/', import.meta.url));
  await buildBrowser({ outDir });
  await checkSizes(outDir);
}
