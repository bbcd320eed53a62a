import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { explanation } from '@tenth/model/explanation.ts';
import { simulationResult } from '@tenth/model/simulation.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { seedDatabaseFiles } from '../stores/postgres/testing/seed-database-files.ts';
import {
  API_KEY,
  buildForTests,
  removeBuild,
  runTenth,
  type TenthRun,
  WRITE_KEY,
} from './testing/run-tenth.ts';

const folder = mkdtempSync(join(tmpdir(), 'tenth-cli-test-'));
const dataDir = join(folder, 'data');
const draftFile = join(folder, 'draft.json');
const running: TenthRun[] = [];

async function run(...args: readonly string[]) {
  const started = await runTenth(args, { TENTH_DATA_DIR: dataDir });
  running.push(started);
  return started;
}

const draft = {
  id: 'second-page',
  name: { en: 'Second page' },
  trigger: { kind: 'page_count', pages: 2 },
  format: { kind: 'top_bar' },
  variants: [{ id: 'a', content: { title: { en: 'Hello again' } } }],
  holdoutShare: 0,
  goal: { event: { type: 'track', name: 'Signed Up' } },
};

beforeAll(async () => {
  await Promise.all([buildForTests(), seedDatabaseFiles(dataDir)]);
  writeFileSync(draftFile, JSON.stringify(draft));
  const demo = await run('demo');
  await demo.ready();
  for (const messageId of ['one', 'two', 'three']) {
    const reply = await fetch(`${demo.origin}/v1/batch`, {
      method: 'POST',
      body: JSON.stringify({
        writeKey: WRITE_KEY,
        decide: true,
        batch: [{ type: 'page', messageId, anonymousId: 'a1', userId: 'u1' }],
      }),
    });
    expect(reply.status).toBe(200);
  }
  await demo.stop();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});
afterAll(() => {
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

/** The JSON that a command printed, among what else it said. */
const jsonOf = (output: string): unknown =>
  JSON.parse(output.slice(output.indexOf('{\n'), output.lastIndexOf('\n}') + 2));

test('explain reads the data directory, and says the same as a server asked for it', async () => {
  const here = await (await run('explain', '--person', 'userId:u1', '--json')).ended;
  expect(here.code).toBe(0);
  const explained = explanation.parse(jsonOf(here.output));
  expect(explained).toMatchObject({ messageId: 'three', isDecided: true, isWhole: true });

  const text = await (await run('explain', '--person', 'userId:u1', '--message', 'one')).ended;
  expect(text.output).toContain('event      page at');

  const server = await run('demo');
  await server.ready();
  const asked = ['explain', '--person', 'userId:u1', '--json', '--url', server.origin];
  const there = await (await run(...asked, '--api-key', API_KEY)).ended;
  expect(jsonOf(there.output)).toEqual(JSON.parse(JSON.stringify(explained)));
  const nobody = await (
    await run('explain', '--person', 'userId:u9', '--url', server.origin, '--api-key', API_KEY)
  ).ended;
  expect(nobody.code).toBe(1);
  expect(nobody.output).toContain('Nobody is known under this id');
  const keyless = await (await run('explain', '--person', 'userId:u1', '--url', server.origin))
    .ended;
  expect(keyless.output).toContain('give --api-key along with --url');
});

test('simulate reads the data directory, and says the same as a server asked for it', async () => {
  const period = ['--to', new Date(Date.now() + 60_000).toISOString()];
  const asked = ['simulate', '--campaign', draftFile, '--json', ...period];
  const here = await (await run(...asked)).ended;
  expect(here.code).toBe(0);
  const result = simulationResult.parse(jsonOf(here.output));
  expect(result).toMatchObject({ people: 1, events: { run: 3, inPeriod: 3, decided: 3 } });
  expect(result.campaign?.times.shown).toBe(1);

  const server = await run('demo');
  await server.ready();
  const there = await (await run(...asked, '--url', server.origin, '--api-key', API_KEY)).ended;
  expect(jsonOf(there.output)).toEqual({ ...result, took: expect.anything() });
  const text = await (
    await run('simulate', '--campaign', draftFile, '--url', server.origin, '--api-key', API_KEY)
  ).ended;
  expect(text.output).toContain('what this cannot know');
});

test('a draft that does not fit is named by its field', async () => {
  writeFileSync(join(folder, 'bad.json'), JSON.stringify({ ...draft, priority: 'high' }));
  const { code, output } = await (await run('simulate', '--campaign', join(folder, 'bad.json')))
    .ended;
  expect(code).toBe(1);
  expect(output).toContain('priority');
});
