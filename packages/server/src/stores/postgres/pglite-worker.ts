import { setFlagsFromString } from 'node:v8';
import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { sqlStateOf } from './connection.ts';
import { PgliteSession } from './pglite-session.ts';
import type { WorkerReply, WorkerRequest, WorkerStart } from './worker-messages.ts';

/**
 * The embedded PostgreSQL. As a thread it serves a database, so that it never blocks the HTTP loop; as a
 * process, `node pglite-worker.js FOLDER`, it makes one in an empty folder (see database-files.ts).
 */

const SETTINGS = {
  // Commits here are small and alike; compiling them costs more than it saves.
  jit: 'off',
  // A plan made while a table was small is kept for good here, where nothing analyses by itself: looking
  // one person up among 40,000 took 50 ms with such a plan, and 1 ms with one made for the occasion.
  plan_cache_mode: 'force_custom_plan',
  // Pages come out of memory or by one call, in whatever order. At the defaults, with nothing to say how much a
  // search would find, whole tables were read to look up 1,000 people or the next page of them: with 100,000
  // people 37 instead of 6 ms, and 200 instead of 21 ms, and ever longer with more.
  random_page_cost: '0.1',
  seq_page_cost: '0.1',
  // Fewer full-page images and shorter stalls than at the default of 5 minutes.
  checkpoint_timeout: '15min',
  // All of it is touched at the start, so that the default of 128 MB makes the process as much larger.
  shared_buffers: '32MB',
};

if (parentPort === null) {
  const [, , folder] = process.argv;
  if (folder === undefined) {
    throw new Error('usage: pglite-worker.js FOLDER');
  }
  await (await openPglite(folder)).close();
} else {
  // Given by EmbeddedClient, which starts this worker.
  const { dataDir } = workerData as WorkerStart;
  await serve(parentPort, dataDir);
}

async function serve(port: MessagePort, dataDir: string): Promise<void> {
  try {
    const pglite = await openPglite(dataDir);
    const session = new PgliteSession(pglite);
    port.on('message', (request: WorkerRequest) => {
      if (request.kind === 'close') {
        void pglite.close().finally(() => {
          port.postMessage({ id: request.id, kind: 'closed' } satisfies WorkerReply);
          port.close();
        });
        return;
      }
      port.postMessage(answer(session, request));
    });
    port.postMessage({ kind: 'ready' } satisfies WorkerReply);
  } catch (error) {
    port.postMessage({ kind: 'not-opened', message: messageOf(error) } satisfies WorkerReply);
  }
}

function openPglite(folder: string): Promise<PGlite> {
  // At V8's default of 1.8 million the start alone has much of PostgreSQL optimised, whose scratch memory
  // malloc keeps: 40 MB. What commits run a lot gets there soon all the same.
  setFlagsFromString('--wasm-tiering-budget=100000000');
  return PGlite.create(folder, {
    startParams: [
      ...PGlite.defaultStartParams,
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  });
}

function answer(
  session: PgliteSession,
  request: Exclude<WorkerRequest, { kind: 'close' }>,
): WorkerReply {
  try {
    if (request.kind === 'script') {
      return { id: request.id, kind: 'script', outcome: session.runScript(request.statements) };
    }
    return { id: request.id, kind: 'rows', ...session.run(request.statement, request.isPrepared) };
  } catch (error) {
    return {
      id: request.id,
      kind: 'failed',
      failure: { message: messageOf(error), code: sqlStateOf(error) },
    };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
