// `npm audit` of what is installed with Tenth: fails on an advisory that is high or critical. Without the
// registry nothing can be said, and that is said; it is no failure.
import { spawnSync } from 'node:child_process';
import { root } from './workspaces.mjs';

const WITHIN_MS = 30_000;

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  cwd: root,
  encoding: 'utf8',
  timeout: WITHIN_MS,
  shell: process.platform === 'win32',
});
const counts = countsOf(stdout ?? '');
if (counts === undefined) {
  process.stdout.write('  not looked up: the registry gave no answer\n');
  process.exit(0);
}
const { low, moderate, high, critical, names } = counts;
for (const name of names) {
  console.error(`  ${name}`);
}
process.stdout.write(
  `  advisories: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low\n`,
);
process.exit(critical + high > 0 ? 1 : 0);

function countsOf(text) {
  try {
    const { vulnerabilities, metadata } = JSON.parse(text);
    const { low, moderate, high, critical } = metadata.vulnerabilities;
    const names = Object.values(vulnerabilities)
      .filter(({ severity }) => severity === 'high' || severity === 'critical')
      .map(({ name, severity, range }) => `${name} ${range}: ${severity}`);
    return { low, moderate, high, critical, names };
  } catch {
    // A registry that does not take part, or none, answers with something else.
    return undefined;
  }
}
