import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProfileId, workspaceId } from '@tenth/model/ids.ts';
import type { ProfileWrite } from '@tenth/server/commit/ports.ts';
import { profileIdOf } from '@tenth/server/identify/profile-id.ts';
import { createCommitStore } from '@tenth/server/stores/postgres/commit-store.ts';
import { openEmbedded } from '@tenth/server/stores/postgres/embedded-connection.ts';
import { migrate } from '@tenth/server/stores/postgres/migrate.ts';
import Fastify from 'fastify';
import { z } from 'zod';

/**
 * What a durable decide request costs without Tenth: Fastify that parses the same JSON, writes rows as large
 * into the embedded PostgreSQL, and answers once they are committed. Nothing is made of the event, nothing
 * is decided, and nothing goes to an event log. `node bench/dist/rows-server.js PORT REPLY_BYTES`.
 */

/** As Tenth's are on this load, in the mean. */
const STATE = 'x'.repeat(1_350);
const EVENT = Buffer.alloc(60, 7);
/** As in `group-commit.ts`. */
const GAP_MS = 8;
const SHOP = workspaceId.parse('shop');

interface Waiting {
  readonly visitor: string;
  answer(): void;
}

const bodySchema = z.object({ batch: z.tuple([z.object({ anonymousId: z.string() })]) });

const dataDir = await mkdtemp(join(tmpdir(), 'tenth-bench-rows-'));
process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
process.once('SIGTERM', () => process.exit(0));
const workerUrl = new URL('../../packages/server/dist/pglite-worker.js', import.meta.url);
const postgres = await openEmbedded({ dataDir, workerUrl });
await migrate(postgres.db, Date.now());
const store = createCommitStore(postgres);
const versions = new Map<string, number>();
let open: Waiting[] = [];
let isBusy = false;

async function commit(): Promise<void> {
  const closed = open;
  open = [];
  const visitors = [...new Set(closed.map(({ visitor }) => visitor))].sort();
  const unknown = visitors.filter((visitor) => !versions.has(visitor));
  const { kind } = await store.write({
    at: Date.now(),
    profiles: visitors.map(writeOf),
    identifiers: unknown.map((visitor) => ({
      workspaceId: SHOP,
      identifier: identifierOf(visitor),
      profileId: idOf(visitor),
    })),
    merges: [],
    outboxBody: new Uint8Array(Buffer.concat(closed.map(() => EVENT))),
  });
  if (kind !== 'done') {
    throw new Error('rows that nobody else writes were lost to somebody');
  }
  for (const visitor of visitors) {
    versions.set(visitor, (versions.get(visitor) ?? 0) + 1);
  }
  for (const { answer } of closed) {
    answer();
  }
}

async function commitWhatComes(): Promise<void> {
  isBusy = true;
  while (open.length > 0) {
    const notBefore = performance.now() + GAP_MS;
    await commit();
    const waitMs = notBefore - performance.now();
    if (waitMs > 0) {
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }
  isBusy = false;
}

function writeOf(visitor: string): ProfileWrite {
  return {
    workspaceId: SHOP,
    profileId: idOf(visitor),
    version: (versions.get(visitor) ?? 0) + 1,
    incarnation: 1,
    state: STATE,
    mergedInto: undefined,
    dueAt: undefined,
    person: undefined,
  };
}

function identifierOf(visitor: string) {
  return { kind: 'anonymous_id', value: visitor } as const;
}

const ids = new Map<string, ProfileId>();
function idOf(visitor: string): ProfileId {
  const known = ids.get(visitor) ?? profileIdOf(SHOP, identifierOf(visitor));
  ids.set(visitor, known);
  return known;
}

const [, , port, replyBytes] = process.argv.map(Number);
const reply = JSON.stringify({ success: true, padding: '' });
const text = reply.replace('""', `"${'x'.repeat(Math.max(0, (replyBytes ?? 0) - reply.length))}"`);

const app = Fastify({ bodyLimit: 600_000 });
app.addContentTypeParser('text/plain', { parseAs: 'string' }, (_request, body, done) => {
  try {
    done(null, JSON.parse(String(body)));
  } catch (cause) {
    done(cause instanceof Error ? cause : new Error(String(cause)));
  }
});
app.post('/v1/batch', (request, response) => {
  const [{ anonymousId }] = bodySchema.parse(request.body).batch;
  const answer = () => response.header('content-type', 'application/json').send(text);
  open.push({ visitor: anonymousId, answer });
  if (!isBusy) {
    setImmediate(() => void commitWhatComes());
    isBusy = true;
  }
});
// What a shipper would take away.
setInterval(() => void postgres.runScript([{ sql: 'delete from outbox', values: [] }]), 1_000);
await app.listen({ port: port ?? 0, host: '127.0.0.1' });
