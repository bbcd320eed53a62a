import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Node, seedDemo, startNode } from '@tenth/e2e/harness/node.ts';
import { startClickHouseFront } from '@tenth/server/stores/clickhouse/testing/start-clickhouse-front.ts';
import { startPostgres } from '@tenth/server/stores/postgres/testing/start-postgres.ts';
import pg from 'pg';
import { generateLoad, type LoadFigures } from './load-generator.ts';
import { cpuSeconds, memoryMb, parentOf } from './process-figures.ts';
import { comingAndGoing, requestMaker, sampleReplyBytes } from './shop-requests.ts';
import { startBare } from './yardsticks.ts';

/**
 * Durable decisions on a PostgreSQL server that syncs each commit to disk, everything on this machine:
 * `npm run bench -- served [--seconds 10] [--minutes 0]`; with minutes, memory over that time at half load.
 * The event log is the real engine behind a small HTTP server, so its share of CPU is not a real server's.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string' }, minutes: { type: 'string' } },
});
const SECONDS = Number(values.seconds ?? 10);
const MINUTES = Number(values.minutes ?? 0);
const CONNECTIONS = 126;
const MILLION = 1_000_000;

const number = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const print = (name: string, value: string) =>
  process.stdout.write(`  ${name.padEnd(24)} ${value}\n`);

const logDir = mkdtempSync(join(tmpdir(), 'tenth-bench-log-'));
const [postgres, front] = await Promise.all([startPostgres(), startClickHouseFront(logDir)]);
const urls = { databaseUrl: postgres.url, clickhouseUrl: `${front.url}/tenth` };
const database = new pg.Client({ connectionString: postgres.url });
await database.connect();
const nodes: Node[] = [];
const everybody = requestMaker();
try {
  await measure();
} finally {
  await Promise.all(nodes.map((node) => node.stop()));
  await database.end();
  await front.stop();
  await postgres.remove();
  rmSync(logDir, { recursive: true, force: true });
}

async function measure(): Promise<void> {
  await seedDemo(urls);
  const first = await startNode(urls);
  nodes.push(first);
  const bare = await startBare(await sampleReplyBytes(first.origin));
  process.stdout.write(
    `Served storage, one event a request, ${cpus().length} cores, load generator and databases on them, too\n`,
  );
  // Both are warmed: code compiled, and each visitor known, as on a shop's ordinary day.
  await shoot([bare.origin], 3);
  await shoot([first.origin], 8);
  const { requestsPerSecond: bareRate } = await shoot([bare.origin], SECONDS);
  bare.stop();
  const rate = await measureOneNode(first, bareRate);
  for (const share of [0.5, 0.9]) {
    const at = await shoot([first.origin], SECONDS, rate * share);
    print(`latency at ${share * 100} % load`, latencies(at));
  }
  nodes.push(await startNode(urls), await startNode(urls));
  const origins = nodes.map(({ origin }) => origin);
  for (const visitorsOn of ['one', 'any'] as const) {
    await shoot(origins, 5, undefined, visitorsOn);
    const { requestsPerSecond } = await shoot(origins, SECONDS, undefined, visitorsOn);
    print(
      visitorsOn === 'one' ? 'three nodes, affinity' : 'three nodes, none',
      `${number.format(requestsPerSecond)} requests/s, ${number.format(requestsPerSecond / rate)} times one`,
    );
  }
  await watchMemory(first, rate / 2);
}

/** @returns Requests a second. */
async function measureOneNode(node: Node, bareRate: number): Promise<number> {
  const before = await readCosts(node);
  const { requestsPerSecond } = await shoot([node.origin], SECONDS);
  await untilShipped();
  const after = await readCosts(node);
  const events = after.events - before.events;
  const aMillion = (from: number, to: number) => ((to - from) / events) * MILLION;
  print('bare Fastify', `${number.format(bareRate)} requests/s`);
  print('Tenth, durable decide', `${number.format(requestsPerSecond)} requests/s`);
  print('share of bare', number.format(requestsPerSecond / bareRate));
  for (const name of ['node', 'postgres', 'clickhouse', 'load'] as const) {
    const seconds = aMillion(before.cpu[name], after.cpu[name]);
    print(`CPU of ${name}`, `${number.format(seconds)} s a million events`);
  }
  const bytes = (from: number, to: number) =>
    `${number.format(aMillion(from, to) / MILLION)} bytes an event`;
  print('event log on disk', bytes(before.logBytes, after.logBytes));
  print('PostgreSQL, written', `${bytes(before.walBytes, after.walBytes)} of write-ahead log`);
  print('PostgreSQL, kept', `${number.format(after.profileBytes / after.profiles)} bytes a person`);
  print('memory of the node', `${await memoryMb(node.pid)} MB`);
  return requestsPerSecond;
}

/** Everybody's requests at the same time over all of these nodes, each visitor's on `any` of them or on `one`. */
async function shoot(
  origins: readonly string[],
  seconds: number,
  rate?: number,
  visitorsOn: 'any' | 'one' = 'any',
): Promise<LoadFigures> {
  const runs = await Promise.all(
    origins.map((origin, index) =>
      generateLoad({
        port: Number(new URL(origin).port),
        connections: CONNECTIONS / origins.length,
        seconds,
        requests:
          visitorsOn === 'any'
            ? everybody
            : requestMaker((visitor) => visitor % origins.length === index),
        ...(rate === undefined ? {} : { rate: rate / origins.length }),
      }),
    ),
  );
  const worst = (of: (figures: LoadFigures) => number) => Math.max(...runs.map(of));
  return {
    requestsPerSecond: runs.reduce((sum, run) => sum + run.requestsPerSecond, 0),
    p50Ms: worst(({ p50Ms }) => p50Ms),
    p90Ms: worst(({ p90Ms }) => p90Ms),
    p99Ms: worst(({ p99Ms }) => p99Ms),
    maxMs: worst(({ maxMs }) => maxMs),
  };
}

function latencies({ p50Ms, p90Ms, p99Ms, maxMs }: LoadFigures): string {
  return `p50 ${p50Ms} ms, p90 ${p90Ms} ms, p99 ${p99Ms} ms, max ${maxMs} ms`;
}

async function readCosts(node: Node) {
  const log = await askLog<{ events: number; bytes: number }>(
    "SELECT toUInt32(sum(rows)) AS events, sum(bytes_on_disk) AS bytes FROM system.parts WHERE database = 'tenth' AND table = 'events' AND active",
  );
  const { rows } = await database.query<Record<'wal' | 'profiles' | 'bytes' | 'pid', string>>(
    `select pg_current_wal_lsn() - '0/0' as wal, count(*) as profiles, pg_backend_pid() as pid,
      pg_total_relation_size('profiles') + pg_total_relation_size('identifiers')
        + pg_total_relation_size('people_index') as bytes from profiles`,
  );
  const [row] = rows;
  const own = process.cpuUsage();
  return {
    events: log.events,
    logBytes: log.bytes,
    walBytes: Number(row?.wal),
    profiles: Number(row?.profiles),
    profileBytes: Number(row?.bytes),
    cpu: {
      node: await cpuSeconds(node.pid),
      postgres: await cpuSeconds(await parentOf(Number(row?.pid))),
      clickhouse: await cpuSeconds(front.process.pid ?? 0),
      load: (own.user + own.system) / MILLION,
    },
  };
}

async function askLog<Row>(sql: string): Promise<Row> {
  const reply = await fetch(
    `${front.url}/?default_format=JSONEachRow&output_format_json_quote_64bit_integers=0`,
    {
      method: 'POST',
      body: sql,
    },
  );
  // One row of the caller's question.
  return (await reply.json()) as Row;
}

async function untilShipped(): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ waiting: string }>(
      'select count(*) as waiting from outbox',
    );
    if (rows[0]?.waiting === '0') {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function watchMemory(node: Node, rate: number): Promise<void> {
  const requests = comingAndGoing();
  const port = Number(new URL(node.origin).port);
  for (let minute = 1; minute <= MINUTES; minute += 1) {
    await generateLoad({ port, connections: CONNECTIONS, seconds: 60, requests, rate });
    const { rows } = await database.query<{ people: string }>(
      'select count(*) as people from profiles',
    );
    print(
      `after ${minute} min`,
      `${await memoryMb(node.pid)} MB at half load, ${number.format(Number(rows[0]?.people))} people known`,
    );
  }
}
