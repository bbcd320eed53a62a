import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, postBatch, readApi, writeApi } from './harness/api.ts';
import { publishCoinPlan } from './harness/coin-plan.ts';
import { randomFrom } from './harness/load.ts';
import { type Node, seedDemo, startNode } from './harness/node.ts';
import { expectExact, untilShipped } from './harness/recount.ts';
import { type ServedStores, startServedStores } from './harness/served-stores.ts';
import { Shoppers } from './harness/shoppers.ts';

const SECONDS = Number(process.env['TENTH_NODES_SECONDS'] ?? 15);
const SEED = Number(process.env['TENTH_NODES_SEED'] ?? 20_260_401);
const CLIENTS = 8;
const PEOPLE = 60;

let stores: ServedStores;
const nodes: Node[] = [];

beforeAll(async () => {
  stores = await startServedStores();
  await seedDemo(stores);
  nodes.push(...(await Promise.all([0, 1, 2].map(() => startNode(stores)))));
  await publishCoinPlan(nodeAt(0).origin);
}, 120_000);

afterAll(async () => {
  await Promise.all(nodes.map((node) => node.kill()));
  await stores.remove();
});

function nodeAt(index: number): Node {
  const node = nodes[index % nodes.length];
  if (node === undefined) {
    throw new Error('no node is up');
  }
  return node;
}

test('what one node publishes is soon in use on the others', async () => {
  await writeApi(nodeAt(0).origin, 'PUT', '/api/v1/segments/known', {
    id: 'known',
    name: { ko: 'known', en: 'known' },
    condition: { kind: 'member', is: true },
  });
  const publishedAt = performance.now();
  for (const { origin } of nodes) {
    await eventually(
      () => readApi<object>(origin, '/api/v1/segments'),
      (segments) => JSON.stringify(segments).includes('"known"'),
    );
  }
  tell('plan in use everywhere', performance.now() - publishedAt);
});

test('a write key revoked on one node is refused by the others long before they would forget it', async () => {
  const { key, secret } = await writeApi<{ key: { id: string }; secret: string }>(
    nodeAt(0).origin,
    'POST',
    '/api/v1/keys',
    { kind: 'write_key', name: 'to be revoked', scopes: [] },
  );
  const statuses = () =>
    Promise.all(
      nodes.map(async ({ origin }) => {
        const body = JSON.stringify({ writeKey: secret, type: 'page', anonymousId: 'guest-1' });
        return (await fetch(`${origin}/v1/page`, { method: 'POST', body })).status;
      }),
    );
  expect(await statuses()).toEqual([200, 200, 200]);
  await writeApi(nodeAt(0).origin, 'DELETE', `/api/v1/keys/${key.id}`);
  const revokedAt = performance.now();
  await eventually(statuses, (now) => now.every((status) => status === 401));
  const heardMs = performance.now() - revokedAt;
  tell('key refused everywhere', heardMs);
  // Nobody told, each would go on for ten seconds.
  expect(heardMs).toBeLessThan(5_000);
});

/** Place of the node that holds the lease; -1 for none, or for the one with that process id. */
async function findShipper(besides = 0): Promise<number> {
  const [lease] = await stores.query<{ holder: string }>(
    "select holder from leases where name = 'ship' and held_until > now()",
  );
  const pid = Number(lease?.holder.split('/')[1]);
  return nodes.findIndex((node) => node.pid === pid && pid !== besides);
}

const isFound = (at: number) => at !== -1;

test('whoever ships is replaced, when killed as when stopped', async () => {
  for (const { end, withinMs } of [
    { end: 'kill', withinMs: 10_000 },
    { end: 'stop', withinMs: 4_000 },
  ] as const) {
    const at = await eventually(() => findShipper(), isFound);
    const node = nodeAt(at);
    const messageId = `after-${end}`;
    await node[end]();
    const endedAt = performance.now();
    await postBatch(nodeAt(at + 1).origin, [
      { type: 'track', event: 'Left Behind', anonymousId: 'guest-2', messageId },
    ]);
    await eventually(() => findShipper(node.pid), isFound);
    const replacedMs = performance.now() - endedAt;
    tell(`who ships replaced after ${end}`, replacedMs);
    expect(replacedMs).toBeLessThan(withinMs);
    await eventually(
      () => stores.ask(`SELECT 1 FROM events WHERE message_id = '${messageId}'`),
      ({ length }) => length === 1,
    );
    nodes[at] = await startNode({ ...stores, port: Number(new URL(node.origin).port) });
  }
});

test('a node that stood still while another took its work over does no harm when it goes on', async () => {
  const frozen = nodeAt(await eventually(() => findShipper(), isFound));
  const others = nodes.filter((node) => node !== frozen);
  const sent: string[] = [];
  const send = async (to: Node) => {
    const messageId = `around-the-halt-${sent.length}`;
    await postBatch(to.origin, [
      { type: 'track', event: 'Around', anonymousId: `walker-${sent.length % 7}`, messageId },
    ]);
    sent.push(messageId);
  };
  for (let count = 0; count < 30; count += 1) {
    await send(nodeAt(count));
  }
  // In the middle of shipping what was just sent.
  process.kill(frozen.pid, 'SIGSTOP');
  try {
    await eventually(() => findShipper(frozen.pid), isFound);
    for (let count = 0; count < 30; count += 1) {
      await send(others[count % others.length] ?? frozen);
    }
  } finally {
    process.kill(frozen.pid, 'SIGCONT');
  }
  for (let count = 0; count < 30; count += 1) {
    await send(nodeAt(count));
  }
  await untilShipped(stores);
  const logged = await stores.ask<{ message_id: string }>(
    "SELECT message_id FROM events WHERE event = 'Around'",
  );
  expect(logged.map(({ message_id }) => message_id).sort()).toEqual(sent.sort());
});

test(
  `${SECONDS} s under load with nodes killed and both databases restarted: every acknowledged event counts once`,
  async () => {
    const random = randomFrom(SEED);
    const shoppers = new Shoppers({
      random,
      people: PEOPLE,
      origins: () => nodes.map(({ origin }) => origin),
    });
    const endsAt = performance.now() + SECONDS * 1_000;
    const isOver = () => performance.now() > endsAt;
    const [kills] = await Promise.all([
      killNodes(random, isOver),
      restartDatabases(SECONDS),
      shoppers.run(CLIENTS, isOver),
    ]);
    await expectExact(stores, shoppers, SEED);
    process.stdout.write(
      `  ${shoppers.acknowledged.length} events acknowledged, ${shoppers.shown.length} messages shown, ${shoppers.refusals} requests refused and sent again; ${kills} kills; seed ${SEED}\n`,
    );
    expect(kills).toBeGreaterThan(0);
    expect(shoppers.acknowledged.length).toBeGreaterThan(SECONDS * 5);
  },
  SECONDS * 1_000 + 120_000,
);

/** Kills a node every few seconds and starts it again on its port, as a supervisor does. */
async function killNodes(random: () => number, isOver: () => boolean): Promise<number> {
  const down = new Set<number>();
  const restarts: Promise<void>[] = [];
  let kills = 0;
  while (!isOver()) {
    await pause(1_000 + random() * 2_000);
    const at = Math.floor(random() * nodes.length);
    if (!down.has(at) && down.size < nodes.length - 1) {
      down.add(at);
      const node = nodeAt(at);
      await node.kill();
      kills += 1;
      restarts.push(
        startAgain(node).then((started) => {
          nodes[at] = started;
          down.delete(at);
        }),
      );
    }
  }
  await Promise.all(restarts);
  return kills;
}

/** Until it comes up: it does not while a database is away. */
async function startAgain({ origin }: Node): Promise<Node> {
  for (;;) {
    try {
      return await startNode({ ...stores, port: Number(new URL(origin).port) });
    } catch {
      await pause(500);
    }
  }
}

/** PostgreSQL once in the short form and twice from a minute on; ClickHouse away for a while. */
async function restartDatabases(seconds: number): Promise<void> {
  const part = (seconds * 1_000) / 6;
  await pause(part);
  await stores.restartPostgres();
  await pause(part);
  await stores.stopClickHouse('SIGKILL');
  await pause(part);
  await stores.startClickHouse();
  if (seconds >= 60) {
    await pause(part);
    await stores.restartPostgres();
  }
}

function tell(what: string, ms: number): void {
  process.stdout.write(`  ${what}: ${Math.round(ms)} ms\n`);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
