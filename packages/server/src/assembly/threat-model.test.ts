import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../../../../', import.meta.url);
const page = readFileSync(new URL('docs/threat-model.md', root), 'utf8');
/** `path/of/a.test.ts`, often with the name of one of its tests. */
const cited = [...page.matchAll(/`([\w./-]+\.(?:test|e2e)\.ts)`(?:: "([^"]+)")?/g)].map(
  ([, path = '', name]) => ({ path, name: name ?? '' }),
);

test('the page names tests', () => {
  expect(cited.length).toBeGreaterThan(15);
});

test.each(cited)('$path has a test "$name"', ({ path, name }) => {
  expect(readFileSync(new URL(path, root), 'utf8')).toContain(name);
});
