import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HeldElsewhere, lockDataDir } from './data-dir-lock.ts';
import { openEmbedded } from './embedded-connection.ts';
import { type ProcessProbes, systemProbes } from './lock-holder.ts';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'tenth-lock-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const SECOND_MS = 1_000;
const lockFile = () => join(dataDir, 'tenth.lock');
/** The lock that this process would write, and what is changed in it. */
function forge(changes: object, ageMs = 0): void {
  const here = {
    pid: process.pid,
    startedAt: systemProbes.startOf(process.pid),
    host: hostname(),
    pidNamespace: systemProbes.pidNamespace(),
  };
  writeFileSync(lockFile(), JSON.stringify({ ...here, ...changes }));
  setAge(ageMs);
}
function setAge(ageMs: number): void {
  const at = (Date.now() - ageMs) / SECOND_MS;
  utimesSync(lockFile(), at, at);
}

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

test.each([
  ['another PID namespace', { pid: 1, startedAt: 'x', pidNamespace: 'boot pid:[1]' }],
  ['another host', { pid: 1, startedAt: 'x', host: 'elsewhere' }],
])(
  'a lock of %s is refused while it is touched, and taken over once it is not',
  (_name, holder) => {
    forge(holder, 15 * SECOND_MS);
    expect(() => lockDataDir(dataDir)).toThrow(HeldElsewhere);
    expect(() => lockDataDir(dataDir)).toThrow(
      /is in use by process 1 of .*: stop it, .*; if it was killed, try again in [45] s$/,
    );
    setAge(21 * SECOND_MS);
    const lock = lockDataDir(dataDir);
    expect(readFileSync(lockFile(), 'utf8')).toContain(`"pid":${process.pid}`);
    lock.release();
    expect(readdirSync(dataDir)).toEqual([]);
  },
);

test('a lock of another place is refused, though its number is of nobody here', () => {
  forge({ pid: spawnSync('true').pid, pidNamespace: 'boot pid:[1]' });
  expect(() => lockDataDir(dataDir)).toThrow('another container or machine');
});

/** As with `ProtectProc=invisible`: a signal is answered with EPERM, and `/proc` shows nothing. */
const hiding: ProcessProbes = {
  ...systemProbes,
  isAlive: () => true,
  startOf: (pid) => (pid === process.pid ? systemProbes.startOf(pid) : undefined),
};

test.each([
  ['of this version', {}],
  ['of an earlier version', { host: undefined, pidNamespace: undefined }],
])('a lock %s whose process lives and shows no start is refused, however old', (_name, holder) => {
  forge({ pid: 4_711, startedAt: 'x', ...holder }, 3_600 * SECOND_MS);
  expect(() => lockDataDir(dataDir, { probes: hiding })).toThrow(
    `${dataDir} is in use by process 4711, as far as this user can see`,
  );
  expect(existsSync(lockFile())).toBe(true);
});

test('a process that ends while it is looked at holds nothing', () => {
  const answers = [true, false];
  forge({ pid: 4_711 });
  const probes = { ...hiding, isAlive: () => answers.shift() ?? false };
  lockDataDir(dataDir, { probes }).release();
});

test('a lock of an earlier version still counts', () => {
  const startedAt = systemProbes.startOf(process.pid);
  writeFileSync(lockFile(), JSON.stringify({ pid: process.pid, startedAt }));
  setAge(3_600 * SECOND_MS);
  expect(() => lockDataDir(dataDir)).toThrow(`in use by process ${process.pid}`);
});

test('a holder touches its lock every five seconds, and never that of a successor', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const lock = lockDataDir(dataDir);
    const ageMs = () => Date.now() - statSync(lockFile()).mtimeMs;
    setAge(60 * SECOND_MS);
    vi.advanceTimersByTime(5 * SECOND_MS);
    expect(ageMs()).toBeLessThan(5 * SECOND_MS);
    rmSync(lockFile());
    forge({ pid: 1, host: 'elsewhere' }, 60 * SECOND_MS);
    vi.advanceTimersByTime(5 * SECOND_MS);
    expect(ageMs()).toBeGreaterThan(50 * SECOND_MS);
    lock.release();
    lock.release();
    expect(readFileSync(lockFile(), 'utf8')).toContain('elsewhere');
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test('a lock whose holder shows itself while it is taken over stays', () => {
  forge({ pid: 1, host: 'elsewhere' });
  const { mtimeMs } = statSync(lockFile());
  const leftBehind = { text: readFileSync(lockFile(), 'utf8'), touchedAt: mtimeMs };
  setAge(-SECOND_MS);
  expect(() => lockDataDir(dataDir, { leftBehind })).toThrow(HeldElsewhere);
});
