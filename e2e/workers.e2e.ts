import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, postBatch } from './harness/api.ts';
import { type Node, seedDemo, startNode } from './harness/node.ts';
import { type ServedStores, startServedStores } from './harness/served-stores.ts';

let stores: ServedStores;
const started: Node[] = [];

beforeAll(async () => {
  stores = await startServedStores();
  await seedDemo(stores);
}, 120_000);

afterAll(async () => {
  await Promise.all(started.map((node) => node.kill()));
  await stores.remove();
});

async function start(...args: string[]): Promise<Node> {
  const node = await startNode({ ...stores, args });
  started.push(node);
  return node;
}

const aPage = (messageId: string) => ({ type: 'page', anonymousId: 'visitor-1', messageId });

async function untilLogged(messageId: string): Promise<void> {
  await eventually(
    () => stores.ask(`SELECT 1 FROM events WHERE message_id = '${messageId}'`),
    ({ length }) => length === 1,
  );
}

/** Processes that this one has started. */
function workersOf({ pid }: Node): readonly number[] {
  return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
}

/** What `/metrics` says of the pool; undefined where the worker that was asked has just ended. */
async function figuresOf({ origin }: Node) {
  const reply = await fetch(`${origin}/metrics`).catch(() => undefined);
  if (reply === undefined) {
    return undefined;
  }
  expect(reply.status, 'figures of those that are there').toBe(200);
  const text = await reply.text();
  return { missing: /^tenth_workers_missing (\d+)$/m.exec(text)?.[1] };
}

test('two workers share a port; one that is killed is started again; all end with the first process', async () => {
  const node = await start('--workers', '2');
  const before = await eventually(
    async () => workersOf(node),
    ({ length }) => length === 2,
  );
  await postBatch(node.origin, [aPage('by-two')]);
  await eventually(
    () => figuresOf(node),
    (figures) => figures?.missing === '0',
  );
  process.kill(before[0] ?? 0, 'SIGKILL');
  await eventually(
    () => figuresOf(node),
    (figures) => figures?.missing === '1',
  );
  await eventually(
    async () => workersOf(node),
    (now) => now.length === 2 && !now.includes(before[0] ?? 0),
  );
  await eventually(
    () => postBatch(node.origin, [aPage('by-the-new')]).catch(() => undefined),
    (reply) => reply !== undefined,
  );
  await eventually(
    () => figuresOf(node),
    (figures) => figures?.missing === '0',
  );
  const counted = /^tenth_collect_events_total\{outcome="accepted"\} (\d+)$/m;
  const tallies = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const text = await (await fetch(`${node.origin}/metrics`)).text();
      expect(text).toContain('tenth_outbox_rows ');
      return counted.exec(text)?.[1];
    }),
  );
  expect(new Set(tallies).size, 'whichever worker answers, all are counted').toBe(1);
  await untilLogged('by-two');
  await untilLogged('by-the-new');
  expect(node.output()).toContain('process.worker.ended');
  const after = workersOf(node);
  expect(await node.stop()).toBe(0);
  expect(after.filter(isAlive)).toEqual([]);
});

test('what one process collects, another ships', async () => {
  const collector = await start('--roles', 'collect');
  await postBatch(collector.origin, [aPage('handed-on')]);
  expect((await fetch(`${collector.origin}/console/`)).status).toBe(404);
  expect(
    await stores.query("select 1 from leases where name = 'ship' and held_until > now()"),
  ).toEqual([]);
  const rest = await start('--roles', 'ship,sweep,backfill,admin');
  await untilLogged('handed-on');
  expect((await fetch(`${rest.origin}/console/`)).status).toBe(200);
  await expect(postBatch(rest.origin, [aPage('nowhere')])).rejects.toThrow(/404/);
});

test('what belongs to one process is not shared: the embedded stores refuse workers and roles', async () => {
  for (const args of [
    ['--workers', '2'],
    ['--roles', 'collect'],
  ]) {
    await expect(startNode({ databaseUrl: '', clickhouseUrl: '', args })).rejects.toThrow(
      /give DATABASE_URL and CLICKHOUSE_URL/,
    );
  }
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
