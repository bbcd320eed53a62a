// `npm start`: installs and builds what is missing, then runs the demo. Needs nothing but Node.js.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
// Among them: each event puts a new profile in the place of the old one, and with V8's default of 16 MB for
// young objects these were moved to the old ones before they were dropped, for a seventh of the throughput.
const nodeFlags = JSON.parse(
  readFileSync(new URL('../packages/server/src/node-flags.json', import.meta.url), 'utf8'),
);
const args = process.argv.slice(2);
const child = spawn(process.execPath, [...nodeFlags, entry, 'demo', ...args], {
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
