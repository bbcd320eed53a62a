import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeProfile } from '@tenth/engine/profile.ts';
import { isRecentMessage } from '@tenth/engine/recent-messages.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { expect, test } from 'vitest';
import { openEmbeddedTest } from '../stores/postgres/testing/open-test-store.ts';
import { buildForNode, buildPgliteWorker } from '../stores/postgres/testing/pglite-worker-build.ts';

const ROUNDS = 4;

test('a process killed at any moment loses nothing acknowledged and counts nothing twice', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'tenth-killed-'));
  const worker = await buildPgliteWorker();
  const server = await buildForNode(
    fileURLToPath(new URL('./testing/killed-server.ts', import.meta.url)),
    'killed-server',
  );
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    acknowledged.push(
      ...(await runAndKill([fileURLToPath(server), dataDir, worker.href, `round-${round}`], round)),
    );
  }
  expect(acknowledged.length).toBeGreaterThan(100);

  const database = await openEmbeddedTest(dataDir);
  const bodies = await database.connection.read<{ body: Uint8Array }>(
    'select body from outbox order by id',
    [],
  );
  const logged = bodies
    .flatMap(({ body }) => JSON.parse(new TextDecoder().decode(body)) as LogRecord[])
    .flatMap(({ events }) => events);
  const ids = logged.map(({ event }) => event.messageId);
  expect(new Set(ids).size).toBe(ids.length);
  const stored = new Set<string>(ids);
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);

  const rows = await database.connection.read<{ state: string }>('select state from profiles', []);
  const profiles = new Map(
    rows.map(({ state }) => [decodeProfile(state).id, decodeProfile(state)]),
  );
  const missing = logged.filter(({ event, profileId }) => {
    const profile = profiles.get(profileId);
    return profile === undefined || !isRecentMessage(profile, event.messageId);
  });
  // A profile remembers its last 4,000 messages; here nobody has more.
  expect(missing).toEqual([]);
  await database.connection.close();
  rmSync(dataDir, { recursive: true, force: true });
}, 120_000);

/** Runs until some events are through, then kills; returns what was acknowledged by then. */
async function runAndKill(args: readonly string[], round: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  const killAfterChars = 500 + round * 3_000;
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    said += text;
    if (said.length > killAfterChars) {
      child.kill('SIGKILL');
    }
  });
  await new Promise((resolve) => child.once('close', resolve));
  // The last line may have been cut off.
  return said
    .slice(0, said.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1);
}
