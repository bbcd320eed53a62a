import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeDataDir, tightenDataDir } from './data-dir-rights.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tenth-rights-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const modeOf = (path: string) => (statSync(path).mode & 0o7777).toString(8);

/** As earlier versions made it. */
function makeWide(): string {
  const dataDir = join(folder, 'data');
  for (const path of [dataDir, join(dataDir, 'postgres'), join(dataDir, 'clickhouse')]) {
    mkdirSync(path);
    chmodSync(path, 0o755);
  }
  writeFileSync(join(dataDir, 'tenth.lock'), '');
  return dataDir;
}

test('a data directory is made for its owner alone', () => {
  const dataDir = join(folder, 'made', 'data');
  makeDataDir(dataDir);
  expect(modeOf(dataDir)).toBe('700');
});

test('one that others get into is closed to them, once', () => {
  const dataDir = makeWide();
  const all = [dataDir, join(dataDir, 'clickhouse'), join(dataDir, 'postgres')];
  expect([...tightenDataDir(dataDir)].sort()).toEqual(all);
  expect(all.map(modeOf)).toEqual(['700', '700', '700']);
  expect(tightenDataDir(dataDir)).toEqual([]);
});

test('one that holds other things too keeps its rights, and the stores in it are closed', () => {
  const dataDir = makeWide();
  writeFileSync(join(dataDir, 'index.html'), '');
  tightenDataDir(dataDir);
  expect(modeOf(dataDir)).toBe('755');
  expect(modeOf(join(dataDir, 'clickhouse'))).toBe('700');
});

test('one that is for everybody, such as /tmp, stays so', () => {
  chmodSync(folder, 0o1777);
  expect(tightenDataDir(folder)).toEqual([]);
  expect(modeOf(folder)).toBe('1777');
});
