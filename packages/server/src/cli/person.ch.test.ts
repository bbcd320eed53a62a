import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { erasure } from '@tenth/model/erasure.ts';
import { personExportLine } from '@tenth/model/person-export.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { API_KEY, buildForTests, removeBuild, runTenth, WRITE_KEY } from './testing/run-tenth.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenth-person-test-'));
beforeAll(buildForTests);
afterAll(() => {
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

const environment = { TENTH_DATA_DIR: join(folder, 'data') };
const printed = (output: string) => output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1);

test('a person is exported and erased, on a running server and on a data directory', async () => {
  const server = await runTenth(['demo'], environment);
  await server.ready();
  const there = ['--url', server.origin, '--api-key', API_KEY];
  const file = join(folder, 'person.jsonl');
  try {
    const batch = ['first', 'second'].map((userId) => ({
      type: 'identify',
      userId,
      traits: { email: `${userId}@shop.example` },
    }));
    await fetch(`${server.origin}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: WRITE_KEY, batch }),
    });
    const exported = await runTenth(
      ['person', 'export', 'userId:first', '--out', file, ...there],
      environment,
    );
    expect(await exported.ended).toMatchObject({ code: 0 });
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const kinds = lines.map((line) => personExportLine.parse(JSON.parse(line)).kind);
    expect(kinds).toEqual(expect.arrayContaining(['about', 'profile', 'identifier', 'event']));
    expect(kinds.at(-1)).toBe('done');
    const erased = await runTenth(['person', 'erase', 'userId:first', ...there], environment);
    const { code, output } = await erased.ended;
    expect(code, output).toBe(0);
    expect(erasure.parse(JSON.parse(printed(output)))).toMatchObject({ state: 'done' });
  } finally {
    await server.stop();
  }
  const here = await runTenth(['person', 'erase', 'userId:second'], environment);
  const { code, output } = await here.ended;
  expect(code, output).toBe(0);
  expect(erasure.parse(JSON.parse(printed(output)))).toMatchObject({ state: 'done' });
  const again = await runTenth(['person', 'export', 'userId:second'], environment);
  expect(await again.ended).toMatchObject({
    code: 1,
    output: expect.stringContaining('Nobody is known under this id'),
  });
}, 180_000);
