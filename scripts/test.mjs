// `npm test`: everything that is checked, the fast gates first. Arguments go on to Vitest.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { provideChromium } from './find-chromium.mjs';
import { installPackages, requireNode } from './install-packages.mjs';
import { root } from './workspaces.mjs';

requireNode();
await installPackages();
const chromium = provideChromium();
if (chromium === undefined) {
  process.exit(1);
}

const report = join(root, 'node_modules/.cache/tenth-test-report.json');
rmSync(report, { force: true });
const script = (name) => [process.execPath, [join('scripts', name)]];
const vitest = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${report}`,
  ...process.argv.slice(2),
];
const gates = [
  ['Types', ...script('check-types.mjs')],
  [
    'Style',
    process.execPath,
    ['node_modules/@biomejs/biome/bin/biome', 'check', '--error-on-warnings', '.'],
  ],
  ['Imports', ...script('check-imports.mjs')],
  ['Licences', ...script('check-licences.mjs')],
  ['Advisories', ...script('check-advisories.mjs')],
  ['Build', ...script('build.mjs')],
  ['Size of the browser script', ...script('check-size.mjs')],
  ['Tests', process.execPath, vitest],
];

const failed = gates.filter(([heading, command, args]) => !passes(heading, command, args));
const counts = countTests();
for (const [heading] of failed) {
  process.stdout.write(`FAILED: ${heading}\n`);
}
const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
process.stdout.write(`\n${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
process.exit(failed.length > 0 || counts.failed > 0 || counts.passed === 0 ? 1 : 0);

function passes(heading, command, args) {
  process.stdout.write(`\n== ${heading}\n`);
  const started = performance.now();
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, CHROMIUM_PATH: chromium },
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`== ${heading}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds} s\n`);
  return status === 0;
}

/** From Vitest's own report. A file that could not even be loaded counts as one failed test. */
function countTests() {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8'));
    const unloaded = result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + unloaded.length,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
