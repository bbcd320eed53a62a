import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { endpoints } from '../http/collection/endpoints.ts';
import { type HostileRequest, hostileRequest } from './testing/hostile-request.ts';
import { fillShop, sharedIds, visit } from './testing/shop-history.ts';
import { openTwoShops, type TwoShops } from './testing/two-shops.ts';
import { callsOfRoutes, type RouteCall } from './testing/walk-routes.ts';

// A few thousand here, always the same; `npm run soak -- fuzz` sends many more.
const RUNS = Number(process.env.FUZZ_RUNS ?? 1_000);
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
/** Several at a time, so that requests meet in a commit. */
const AT_ONCE = 8;
/** A request of which nothing is heard for longer hangs; a simulation that tells how far it is does not. */
const MOST_MS = 60_000;

let shops: TwoShops;
const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });

beforeAll(async () => {
  shops = await openTwoShops();
  await fillShop(shops.origin, shops.theirs);
  await fillShop(shops.origin, shops.ours);
}, 120_000);

afterAll(async () => {
  agent.destroy();
  await shops.stop();
});

interface Answer {
  /** 0: the connection was closed without one. */
  readonly status: number;
  readonly text: string;
}

function send({ method, path, headers, body }: HostileRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const url = new URL(shops.origin);
    const outgoing = request(
      {
        agent,
        host: url.hostname,
        port: url.port,
        method,
        path,
        headers: { ...headers, 'content-length': String(body.length) },
        timeout: MOST_MS,
      },
      (reply) => {
        let text = JSON.stringify(reply.headers);
        reply.setEncoding('utf8');
        reply.on('data', (chunk: string) => {
          text += chunk;
        });
        reply.once('end', () => resolve({ status: reply.statusCode ?? 0, text }));
        reply.once('error', reject);
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`nothing for ${MOST_MS} ms`)));
    outgoing.once('error', (error: NodeJS.ErrnoException) =>
      // What is over the limit is refused while it is still on its way.
      error.code === 'ECONNRESET' || error.code === 'EPIPE'
        ? resolve({ status: 0, text: '' })
        : reject(error),
    );
    outgoing.end(body);
  });
}

/** The bodies of the tracking API's own documentation, and a visit. */
function recordedMessages(): readonly unknown[] {
  const file = new URL('../collect/fixtures/segment-spec/spec-json-blocks.ndjson', import.meta.url);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  return [...lines.map((line): unknown => JSON.parse(line).message), ...visit(shops.ours.marker)];
}

/** Calls of the API as they ought to be, by whether they are answered. */
async function callsByAnswer() {
  const { ours, theirs, origin } = shops;
  const calls = callsOfRoutes(ours.marker, {
    profileIds: ['0'.repeat(26)],
    mergeIds: ['1'],
    keyIds: [theirs.keyIds.spare, ...theirs.keyIds.inUse],
    erasureIds: ['1'],
  });
  const answered: RouteCall[] = [];
  const refused: RouteCall[] = [];
  for (const call of calls) {
    const { method, contentType, body, path } = call;
    const headers = {
      authorization: `Bearer ${ours.apiKey}`,
      ...(contentType === undefined ? {} : { 'content-type': contentType }),
    };
    const reply = await fetch(origin + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    await reply.text();
    (reply.ok && method !== 'DELETE' ? answered : refused).push(call);
  }
  return { answered, refused };
}

const inShort = ({ method, path, headers, body }: HostileRequest) =>
  JSON.stringify({ method, path, headers, body: body.toString('latin1') }).slice(0, 3_000);

async function readTheirs(): Promise<string> {
  const paths = ['campaigns', 'segments', 'workspace', `people/userId:${sharedIds.userId}/merges`];
  const headers = { authorization: `Bearer ${shops.theirs.apiKey}` };
  const texts = paths.map(async (path) =>
    (await fetch(`${shops.origin}/api/v1/${path}`, { headers })).text(),
  );
  return (await Promise.all(texts)).join('\n').replaceAll(/"(?:lag|last30Days)":[^}]*/g, '');
}

test(
  `${RUNS} hostile requests: no failure of ours, nothing of another shop, seed ${SEED}`,
  async () => {
    const { ours, theirs, origin } = shops;
    const before = await readTheirs();
    const arbitrary = hostileRequest({
      messages: recordedMessages(),
      collectPaths: endpoints.flatMap(({ path, aliases }) => [path, ...aliases]),
      ...(await callsByAnswer()),
      shop: ours,
    });
    const failures: string[] = [];
    const statuses = new Map<number, number>();
    const chunk = 500;
    for (let done = 0; done < RUNS; done += chunk) {
      const drawn = fc.sample(arbitrary, {
        seed: SEED + done,
        numRuns: Math.min(chunk, RUNS - done),
      });
      const waiting = drawn.values();
      const senders = Array.from({ length: AT_ONCE }, async () => {
        for (const one of waiting) {
          const { status, text } = await send(one).catch((error: unknown) => ({
            status: -1,
            text: String(error),
          }));
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          if (status >= 500 || status < 0 || text.includes(theirs.marker)) {
            failures.push(`${status} ${text.slice(0, 500)} to ${inShort(one)}`);
            // At once, since a long run may be ended before its end.
            process.stdout.write(`${failures.at(-1)}\n`);
          }
        }
      });
      await Promise.all(senders);
      if (failures.length > 20) {
        break;
      }
    }
    process.stdout.write(`answers by status: ${JSON.stringify(Object.fromEntries(statuses))}\n`);
    expect(failures).toEqual([]);
    expect(await readTheirs()).toBe(before);
    // All kinds of ways through the server were taken.
    expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 401, 404, 413, 415]));
    const right = await fetch(`${origin}/v1/track`, {
      method: 'POST',
      body: JSON.stringify({ writeKey: theirs.writeKey, userId: 'after', event: 'All is well' }),
    });
    expect(right.status).toBe(200);
    // Everything that was taken also got into the log, and what came after it.
    await vi.waitFor(
      async () => {
        const headers = { authorization: `Bearer ${theirs.apiKey}` };
        const events = await fetch(`${origin}/api/v1/events?limit=5`, { headers });
        expect(await events.text()).toContain('All is well');
      },
      { timeout: 60_000, interval: 500 },
    );
  },
  Math.max(240_000, RUNS * 60),
);

test.each([
  ['no HTTP', 'hello\r\n\r\n'],
  [
    'a length and chunks',
    'POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
  ],
  [
    'two lengths',
    'POST /v1/track HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}{}{}',
  ],
  [
    'a chunk of no size',
    'POST /v1/track HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ],
  ['a header without end', `GET / HTTP/1.1\r\nHost: x\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`],
  ['a line without end', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n\r\n`],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
  ['a null in a header', 'GET / HTTP/1.1\r\nHost: x\r\nx: a\0b\r\n\r\n'],
  ['a header on two lines', 'GET / HTTP/1.1\r\nHost: x\r\nx: a\r\n b: c\r\n\r\n'],
])('what is not HTTP is refused, and the server goes on: %s', async (_what, sent) => {
  const { hostname, port } = new URL(shops.origin);
  const said = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(sent));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      socket.end();
    });
    socket.once('error', () => undefined);
    socket.once('close', () => resolve(text));
  });
  expect(said).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/);
  expect((await fetch(`${shops.origin}/healthz`)).status).toBe(200);
});
