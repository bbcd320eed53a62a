import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildBrowser, checkSizes } from '../build.mjs';

test('the build fits its budgets, names its chunks in the core, and replaces an earlier build', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'tenth-build-'));
  try {
    await buildBrowser({ outDir });
    const { core, chunks } = await buildBrowser({ outDir });
    const files = await readdir(outDir);
    expect(files.sort()).toEqual([core, ...Object.values(chunks)].sort());
    const text = await readFile(join(outDir, core), 'utf8');
    for (const file of Object.values(chunks)) {
      expect(text).toContain(file);
    }
    const sizes = await checkSizes(outDir);
    expect(sizes.every((size) => size.gzipBytes <= size.maxGzipBytes)).toBe(true);
  } finally {
    await rm(outDir, { recursive: true });
  }
});
