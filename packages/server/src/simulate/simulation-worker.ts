import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { DefinitionError } from '@tenth/engine/plan/definition-error.ts';
import { LinesRun } from './run-lines.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

/*
 * A thread that runs a share of the people through a simulation. Built as a file of its own; see
 * run-simulation.ts for who talks to it.
 */

/** Below the thread that answers visitors. */
const NICE = 10;

if (parentPort === null) {
  throw new Error('this file is started as a thread');
}
const port = parentPort;
const tell = (message: FromWorker) => port.postMessage(message);

try {
  // On Linux a thread has a priority of its own; where a process has one only, it must not be lowered.
  if (process.platform === 'linux') {
    setPriority(NICE);
  }
  // Trusted: only run-simulation.ts starts this file.
  const run = new LinesRun(workerData as WorkerStart);
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'page':
        run.takePage(message.text);
        tell({ kind: 'progress', events: run.events, people: run.people });
        return;
      case 'end':
        tell({ kind: 'tally', tally: run.finish() });
        port.close();
    }
  });
  tell({ kind: 'ready' });
} catch (error) {
  if (!(error instanceof DefinitionError)) {
    throw error;
  }
  tell({ kind: 'refused', path: error.path, message: error.message });
  port.close();
}
