import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = [20, 19];

/** Ends the process with a word on what to install when Node is too old. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [neededMajor, neededMinor] = oldestNode;
  if (major < neededMajor || (major === neededMajor && minor < neededMinor)) {
    console.error(
      `Tenth needs Node.js ${oldestNode.join('.')} or newer; this is ${process.versions.node}.`,
    );
    process.exit(1);
  }
}

/** Installs what package-lock.json lists, unless that is there already. */
export async function installPackages() {
  const lock = join(root, 'package-lock.json');
  const hasLock = existsSync(lock);
  // npm writes this file at the end of each installation.
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && (!hasLock || isUpToDate(lock, installed))) {
    return;
  }
  process.stdout.write(
    'Installing packages. This takes a while the first time: libchdb, the ClickHouse engine\n' +
      'that keeps the event log in process, is about 540 MB unpacked.\n',
  );
  const code = await run('npm', [
    hasLock ? 'ci' : 'install',
    '--no-audit',
    '--no-fund',
    '--include=dev',
  ]);
  if (code !== 0) {
    console.error('The packages could not be installed; see above.');
    process.exit(1);
  }
}

/** A checkout makes every file new, so a newer lock file counts only when it asks for other versions. */
function isUpToDate(lock, installed) {
  if (statSync(installed).mtimeMs >= statSync(lock).mtimeMs) {
    return true;
  }
  const wanted = packagesOf(lock);
  const present = packagesOf(installed);
  return Object.entries(wanted).every(
    ([path, { version, link, optional, devOptional, peer }]) =>
      !path.startsWith('node_modules/') ||
      link === true ||
      present[path]?.version === version ||
      // Packages for other systems are listed and not installed.
      (present[path] === undefined && (optional || devOptional || peer)),
  );
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

/** @returns {Promise<number>} The exit code. */
function run(command, args) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit' });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}
