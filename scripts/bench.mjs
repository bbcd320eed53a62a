// Builds, then runs a benchmark, whose figures belong together: `npm run bench` for engine, server and
// script, `npm run bench -- NAME …` for one of bench/NAME.ts.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const [, , name = 'main', ...args] = process.argv;
if (!/^[a-z-]+$/.test(name) || !existsSync(new URL(`../bench/${name}.ts`, import.meta.url))) {
  console.error(`there is no benchmark ${name}; see the files in bench/`);
  process.exit(2);
}
const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (built.status !== 0) {
  process.exit(built.status ?? 1);
}
await build({
  entryPoints: [`bench/${name}.ts`, 'bench/rows-server.ts'],
  outdir: 'bench/dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  plugins: [
    {
      name: 'workspace-packages',
      setup(options) {
        // The workspace's own packages are source, so they are bundled; all others stay outside.
        options.onResolve({ filter: /^@tenth\// }, ({ path }) => ({
          path: new URL(workspacePath(path), import.meta.url).pathname,
        }));
      },
    },
    {
      name: 'files-beside-tests',
      setup(options) {
        // What tests start as processes they find beside themselves, not beside the bundle.
        options.onLoad(
          { filter: /packages\/server\/src\/.*\/testing\/[^/]+\.ts$/ },
          async ({ path }) => ({
            contents: (await readFile(path, 'utf8')).replaceAll(
              'import.meta.url',
              JSON.stringify(pathToFileURL(path).href),
            ),
            loader: 'ts',
          }),
        );
      },
    },
  ],
  logLevel: 'error',
});
const run = spawnSync(process.execPath, [`bench/dist/${name}.js`, ...args], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);

function workspacePath(name) {
  const [, packageName, ...file] = name.split('/');
  return packageName === 'e2e'
    ? `../e2e/${file.join('/')}`
    : `../packages/${packageName}/src/${file.join('/')}`;
}
