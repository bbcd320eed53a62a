// `npm start`: installs and builds what is missing, then runs the demo. Needs nothing but Node.js.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installPackages, requireNode } from './install-packages.mjs';
import { isBuildStale } from './is-build-stale.mjs';

requireNode();
await installPackages();
if (await isBuildStale()) {
  process.stdout.write('Building\n');
  const { buildAll } = await import('./build.mjs');
  try {
    await buildAll();
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

const entry = fileURLToPath(new URL('../packages/server/dist/tenth.js', import.meta.url));
const args = process.argv.slice(2);
const child = spawn(process.execPath, ['--enable-source-maps', entry, 'demo', ...args], {
  stdio: 'inherit',
});
// A terminal's Ctrl+C reaches the child by itself; a signal sent to this process alone does not.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => child.kill(signal));
}
// npm and the shell between do not pass on a signal that is sent to npm alone: they are just gone.
const parent = process.ppid;
if (process.env.npm_lifecycle_event !== undefined) {
  setInterval(() => {
    if (process.ppid !== parent) {
      child.kill('SIGTERM');
    }
  }, 500).unref();
}
child.once('exit', (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 0);
});
