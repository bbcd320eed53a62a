// Every package that is installed with Tenth has a licence under which it may be passed on. Reads what
// is installed, so it needs no network. Packages for development alone are not passed on.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspaces.mjs';

const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

const all = installed();
const complaints = all
  .filter(({ licence }) => typeof licence !== 'string' || !isPermissive(licence))
  .map(({ name, licence }) => `${name}: ${licence ?? 'states no licence'}`);
for (const line of complaints) {
  console.error(`  ${line}`);
}
process.stdout.write(`  ${all.length} packages, ${complaints.length} complaints\n`);
process.exit(complaints.length > 0 || all.length === 0 ? 1 : 0);

/**
 * Whether a licence as a package states it is permissive: one of the above, any of several of which one
 * may choose, or all of several that hold together.
 *
 * @param {string} expression An SPDX expression without exceptions (`WITH`).
 */
function isPermissive(expression) {
  const plain = expression.replaceAll(/[()]/g, ' ').trim();
  if (/\bAND\b/.test(plain) && /\bOR\b/.test(plain)) {
    return false;
  }
  const parts = plain.split(/\s+(?:AND|OR)\s+/).map((part) => part.trim());
  return /\bOR\b/.test(plain)
    ? parts.some((part) => permissive.has(part))
    : parts.every((part) => permissive.has(part));
}

/** Package by package: what is installed for running Tenth, with the licence that it states itself. */
function installed() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
    .map(([path, { version, license }]) => {
      const manifest = join(root, path, 'package.json');
      // Builds for other platforms are not installed here; the lock file has their licence, too.
      const stated = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : undefined;
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return {
        name: `${name}@${version}`,
        licence: stated?.license ?? stated?.licenses?.[0]?.type ?? license,
      };
    });
}
