import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, postBatch } from './harness/api.ts';
import { type Node, seedDemo, spawnNode } from './harness/node.ts';
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

/** A node that nobody waits for. */
async function spawn(urls: Partial<ServedStores> = {}) {
  const node = await spawnNode({ ...stores, ...urls });
  started.push(node);
  return node;
}

/** What `/readyz` says is in the way; undefined while nothing answers. */
async function readyzOf({ origin }: Node) {
  const reply = await fetch(`${origin}/readyz`).catch(() => undefined);
  const said = (await reply?.json()) as { reasons: readonly string[] } | undefined;
  return said === undefined ? undefined : { status: reply?.status, reason: said.reasons.join() };
}

/** Why it waited, in the order in which it was logged. */
function waitedFor(node: Node): readonly string[] {
  return node
    .output()
    .split('\n')
    .filter((line) => line.includes('process.start.waiting'))
    .map((line) => (JSON.parse(line) as { reason: string }).reason);
}

test('a node that is started before its databases waits for them, says so, and is ready by itself', async () => {
  await Promise.all([stores.postgres.stop(), stores.stopClickHouse('SIGKILL')]);
  const node = await spawn();
  const first = await eventually(
    () => readyzOf(node),
    (said) => said !== undefined && said.reason !== '',
  );
  expect(first).toEqual({
    status: 503,
    reason: expect.stringMatching(/^ClickHouse does not answer \(ECONNREFUSED\)/),
  });
  expect((await fetch(`${node.origin}/healthz`)).status).toBe(200);
  for (const path of ['/v1/batch', '/api/v1/session', '/console/', '/metrics']) {
    const refused = await fetch(node.origin + path);
    expect([path, refused.status]).toEqual([path, 503]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ type: 'urn:tenth:problem:store-unavailable' });
  }
  const ofPage = await fetch(`${node.origin}/v1/batch`, { method: 'POST', body: '{}' });
  expect(ofPage.headers.get('access-control-allow-origin')).toBe('*');

  await stores.startClickHouse();
  await eventually(
    () => readyzOf(node),
    (said) => said?.reason.startsWith('PostgreSQL does not answer') === true,
  );
  await stores.postgres.start();
  await node.untilReady();
  const reply = await postBatch(node.origin, [
    { type: 'page', anonymousId: 'visitor-1', messageId: 'after-all' },
  ]);
  expect(reply.success).toBe(true);
  const reasons = waitedFor(node);
  expect(reasons.length).toBeGreaterThanOrEqual(2);
  expect(reasons.filter((reason, at) => reason === reasons[at - 1])).toEqual([]);
  expect(await node.stop()).toBe(0);
});

test('one that is told to end while it waits ends', async () => {
  await stores.stopClickHouse('SIGKILL');
  const node = await spawn();
  await eventually(
    () => readyzOf(node),
    (said) => said !== undefined,
  );
  expect(await node.stop()).toBe(0);
  await stores.startClickHouse();
});

test('what waiting does not mend ends the start at once: a wrong password, a newer schema', async () => {
  const wrong = new URL(stores.databaseUrl);
  wrong.password = 'wrong';
  const refused = await spawn({ databaseUrl: wrong.href });
  await expect(refused.untilReady()).rejects.toThrow(
    /ended with 1[\s\S]*password authentication failed/,
  );
  await stores.query("insert into schema_versions values (9000, 'later', 0)");
  const outdated = await spawn();
  await expect(outdated.untilReady()).rejects.toThrow(/ended with 1[\s\S]*start a newer version/);
  await stores.query('delete from schema_versions where version = 9000');
});
