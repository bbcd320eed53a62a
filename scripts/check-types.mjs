// Checks the types of every package, two at a time.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, typedPackages } from './workspaces.mjs';

const AT_ONCE = 2;

/** @returns {Promise<{ isClean: boolean, output: string }>} */
function checkPackage(folder) {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let output = '';
    child.stdout.on('data', (text) => {
      output += text;
    });
    child.stderr.on('data', (text) => {
      output += text;
    });
    child.once('exit', (code) => resolve({ isClean: code === 0, output }));
  });
}

const waiting = typedPackages();
let hasFailed = false;
async function work() {
  for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
    const { isClean, output } = await checkPackage(folder);
    process.stdout.write(`  ${isClean ? 'clean ' : 'FAILED'} ${folder}\n${output}`);
    hasFailed ||= !isClean;
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
process.exit(hasFailed ? 1 : 0);
