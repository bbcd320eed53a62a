// Builds, then runs the benchmark: everything it prints comes from one run.
import { spawnSync } from 'node:child_process';
import { build } from 'esbuild';

const built = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
if (built.status !== 0) {
  process.exit(built.status ?? 1);
}
await build({
  entryPoints: ['bench/main.ts'],
  outfile: 'bench/dist/main.js',
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
  ],
  logLevel: 'error',
});
const run = spawnSync(process.execPath, ['bench/dist/main.js', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
process.exit(run.status ?? 1);

function workspacePath(name) {
  const [, packageName, ...file] = name.split('/');
  return packageName === 'e2e'
    ? `../e2e/${file.join('/')}`
    : `../packages/${packageName}/src/${file.join('/')}`;
}
