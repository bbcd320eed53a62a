import { mkdirSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { sqlStateOf } from './connection.ts';
import { PgliteSession } from './pglite-session.ts';
import type { WorkerReply, WorkerRequest, WorkerStart } from './worker-messages.ts';

/** Entry of the thread that runs the embedded PostgreSQL, so that it never blocks the HTTP loop. */

if (parentPort === null) {
  throw new Error('pglite-worker runs as a worker thread only');
}
const port = parentPort;
// Given by EmbeddedClient, which starts this worker.
const { dataDir } = workerData as WorkerStart;

const SETTINGS = {
  // Commits here are small and alike; compiling them costs more than it saves.
  jit: 'off',
  // A plan made while a table was small is kept for good here, where nothing analyses by itself: looking
  // one person up among 40,000 took 50 ms with such a plan, and 1 ms with one made for the occasion.
  plan_cache_mode: 'force_custom_plan',
  // Fewer full-page images and shorter stalls than at the default of 5 minutes.
  checkpoint_timeout: '15min',
};

try {
  mkdirSync(dataDir, { recursive: true });
  const pglite = await PGlite.create(dataDir, {
    startParams: [
      ...PGlite.defaultStartParams,
      ...Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
  });
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
