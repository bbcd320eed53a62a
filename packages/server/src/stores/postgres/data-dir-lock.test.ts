import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockDataDir } from './data-dir-lock.ts';
import { openEmbedded } from './embedded-connection.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tenth-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('a second use of the data directory is refused, naming process and directory', async () => {
  const lock = lockDataDir(dataDir);
  const refused = openEmbedded({ dataDir, workerUrl: new URL('file:///none.mjs') });
  await expect(refused).rejects.toThrow(`${dataDir} is in use by process ${process.pid}`);
  lock.release();
  lockDataDir(dataDir).release();
  expect(readdirSync(dataDir)).toEqual([]);
});

test.each([
  ['of a process that is gone', JSON.stringify({ pid: spawnSync('true').pid, startedAt: 'x' })],
  ['of an earlier process of this number', JSON.stringify({ pid: process.pid, startedAt: 'x' })],
  ['that is damaged', '{'],
])('a lock %s is taken over', (_name, text) => {
  writeFileSync(join(dataDir, 'tenth.lock'), text);
  const lock = lockDataDir(dataDir);
  expect(() => lockDataDir(dataDir)).toThrow('in use');
  lock.release();
  expect(readdirSync(dataDir)).toEqual([]);
});

test('a database that cannot be opened leaves the directory free', async () => {
  await expect(openEmbedded({ dataDir, workerUrl: new URL('file:///none.mjs') })).rejects.toThrow();
  lockDataDir(dataDir).release();
});
