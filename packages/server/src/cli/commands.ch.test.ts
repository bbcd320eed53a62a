import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { routes } from '@tenth/model/api.ts';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
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
const running: TenthRun[] = [];

async function run(args: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const started = await runTenth(args, { TENTH_DATA_DIR: dataDir, ...more });
  running.push(started);
  return started;
}

async function read(origin: string, path: string) {
  const reply = await fetch(`${origin}/api/v1${path}`, {
    headers: { authorization: `Bearer ${API_KEY}` },
  });
  return { status: reply.status, body: await reply.json() };
}

async function readWorkspace(origin: string) {
  return routes.getWorkspace.reply.parse((await read(origin, '/workspace')).body);
}

function send(origin: string, event: object) {
  return fetch(`${origin}/v1/batch`, {
    method: 'POST',
    body: JSON.stringify({ writeKey: WRITE_KEY, batch: [event] }),
  });
}

beforeAll(buildForTests);
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});
afterAll(() => {
  removeBuild();
  rmSync(folder, { recursive: true, force: true });
});

test('the demo starts, takes events, stops when told to, and knows them after a restart', async () => {
  const first = await run(['demo']);
  await first.ready();
  const reply = await send(first.origin, { type: 'page', anonymousId: 'a1', userId: 'u1' });
  expect(await reply.json()).toEqual({ success: true });
  // As Ctrl+C arrives below npm: more than once.
  first.child.kill('SIGINT');
  const { code, output } = await first.stop();
  expect(code).toBe(0);
  expect(output).toContain('/console/');
  expect(output).toContain(WRITE_KEY);

  const second = await run(['demo']);
  await second.ready();
  const person = await read(second.origin, '/people/userId:u1');
  expect(person).toMatchObject({ status: 200, body: { userId: 'u1', anonymousIds: ['a1'] } });
  // The event was shipped before the first process ended.
  const { body } = await read(second.origin, '/people/userId:u1/events');
  expect(body).toMatchObject({ events: [{ type: 'page' }] });
});

test('what was edited outlives a restart on another port', async () => {
  const first = await run(['demo']);
  await first.ready();
  const { settings: before } = await readWorkspace(first.origin);
  await fetch(`${first.origin}/api/v1/workspace`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ ...before, name: 'Edited' }),
  });
  await first.stop();
  const second = await run(['demo']);
  await second.ready();
  const { settings } = await readWorkspace(second.origin);
  expect(settings.name).toBe('Edited');
  const shopPort = Number(new URL(second.origin).port) + 1;
  expect(settings.internalHosts).toContain(`localhost:${shopPort}`);
});

test('a second process on the same data directory is refused', async () => {
  const first = await run(['demo']);
  await first.ready();
  const { code, output } = await (await run(['start'])).ended;
  expect(code).toBe(1);
  expect(output).toContain(`the data directory ${dataDir} is in use by process ${first.child.pid}`);
  expect((await fetch(`${first.origin}/readyz`)).status).toBe(200);
});

test('a port that is taken is named', async () => {
  const first = await run(['demo']);
  await first.ready();
  const port = new URL(first.origin).port;
  const second = await run(['start'], { TENTH_DATA_DIR: join(folder, 'other'), TENTH_PORT: port });
  const { code, output } = await second.ended;
  expect(code).toBe(1);
  expect(output).toContain(`Port ${port} is taken`);
});

test('everything wrong with the configuration is said at once', async () => {
  const { code, output } = await (
    await run(['start'], { TENTH_PORT: 'eighty', TENTH_LOG_LEVEL: 'loud' })
  ).ended;
  expect(code).toBe(1);
  expect(output).toContain('TENTH_PORT: give a port number');
  expect(output).toContain('TENTH_LOG_LEVEL: give one of');
});

test('past events are imported into the data directory, each once', async () => {
  const file = join(folder, 'past.jsonl');
  const events = [1, 2, 3].map((day) => ({
    type: 'track',
    event: 'Order Completed',
    userId: 'buyer',
    timestamp: `2026-03-0${day}T00:00:00.000Z`,
    properties: { order_id: `o${day}`, total: 100, currency: 'KRW' },
  }));
  writeFileSync(file, `${events.map((event) => JSON.stringify(event)).join('\n')}\nnot JSON\n`);
  const imported = await (await run(['import', file, '--write-key', WRITE_KEY])).ended;
  expect(imported.output).toContain('3 events taken, 1 rejected');
  expect(imported.code).toBe(1);
  const again = await (await run(['import', file, '--write-key', WRITE_KEY])).ended;
  expect(again.output).not.toContain('Error');

  const server = await run(['demo']);
  await server.ready();
  const person = await read(server.origin, '/people/userId:buyer');
  expect(person.body).toMatchObject({ orders: 3, orderTotals: { KRW: 300 } });
});

test('a list of people is uploaded into the data directory, and replaced on a server', async () => {
  const file = join(folder, 'members.csv');
  writeFileSync(file, 'no,user_id\n1,listed\n2,listed\n3,\n');
  const here = await (
    await run(['list', 'upload', 'vip', file, '--by', 'user_id', '--write-key', WRITE_KEY])
  ).ended;
  expect(here.output).toContain(
    '3 lines, 1 people in the list vip, 1 named more than once, 1 refused',
  );
  expect(here.output).toContain('line 4 has no user id');
  expect(here.code).toBe(1);

  const server = await run(['demo']);
  await server.ready();
  const segment = {
    id: 'vips',
    name: { en: 'VIPs' },
    condition: { kind: 'list', listId: 'vip', is: true },
  };
  await fetch(`${server.origin}/api/v1/segments/vips`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${API_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(segment),
  });
  const segmentsOf = async (userId: string) => {
    await send(server.origin, { type: 'identify', userId, traits: { seen: true } });
    const { body } = await read(server.origin, `/people/userId:${userId}`);
    return routes.getPerson.reply.parse(body).segments.map(({ segmentId }) => segmentId);
  };
  expect(await segmentsOf('listed')).toEqual(['vips']);
  expect(await segmentsOf('another')).toEqual([]);

  writeFileSync(file, 'another\n');
  const there = await (
    await run([
      ...['list', 'upload', 'vip', file, '--by', 'user_id', '--name', 'Guests'],
      ...['--url', server.origin, '--api-key', API_KEY],
    ])
  ).ended;
  expect(there.output).toContain('1 lines, 1 people in the list vip, 0 refused');
  expect(there.code).toBe(0);
  expect(await segmentsOf('listed')).toEqual([]);
  expect(await segmentsOf('another')).toEqual(['vips']);
  const { body } = await read(server.origin, '/lists');
  expect(body).toMatchObject({ lists: [{ list: { id: 'vip', members: 1, version: 2 } }] });

  const refused = await (
    await run([
      'list',
      'upload',
      'vip',
      file,
      '--by',
      'email',
      '--url',
      server.origin,
      '--api-key',
      API_KEY,
    ])
  ).ended;
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('Not one line names a member; line 1 is no e-mail address');
});

test('doctor finds nothing wrong here', async () => {
  const { code, output } = await (await run(['doctor'])).ended;
  expect(output).toContain('libchdb can be loaded');
  // Script and console are not built in this test.
  expect(output.match(/^BAD/gm)).toHaveLength(1);
  expect(code).toBe(1);
});

test('help names the commands and, for each, every option', async () => {
  const help = await (await run(['--help'])).ended;
  expect(help.output).toMatch(/start[\s\S]*demo[\s\S]*import[\s\S]*list[\s\S]*doctor/);
  const options = await (await run(['start', '--help'])).ended;
  expect(options.output).toContain('TENTH_DATA_DIR');
  const unknown = await (await run(['fly'])).ended;
  expect(unknown.code).toBe(1);
  expect(unknown.output).toContain('there is no command fly');
});
