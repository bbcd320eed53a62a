import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareDatabaseFiles } from './database-files.ts';
import { buildPgliteWorker } from './testing/pglite-worker-build.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tenth-files-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('files are made once, and what an interrupted start left is swept away', async () => {
  const worker = await buildPgliteWorker();
  mkdirSync(join(dataDir, 'postgres'));
  mkdirSync(join(dataDir, 'postgres.new-left'));
  writeFileSync(join(dataDir, 'postgres.new-left', 'PG_VERSION'), '');
  const folder = await prepareDatabaseFiles(dataDir, worker);
  expect(readdirSync(dataDir)).toEqual(['postgres']);
  expect(readFileSync(join(folder, 'PG_VERSION'), 'utf8')).toMatch(/^\d+\n$/);
  writeFileSync(join(folder, 'mark'), '');
  await expect(prepareDatabaseFiles(dataDir, worker)).resolves.toBe(folder);
  expect(readdirSync(folder)).toContain('mark');
});

test('a maker that fails says why and leaves nothing', async () => {
  const script = join(dataDir, 'maker.mjs');
  writeFileSync(script, 'console.error("no room"); process.exit(1);');
  await expect(prepareDatabaseFiles(dataDir, pathToFileURL(script))).rejects.toThrow(
    'cannot be made: no room',
  );
  expect(readdirSync(dataDir)).toEqual(['maker.mjs']);
});
