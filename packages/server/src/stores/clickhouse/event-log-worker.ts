import { parentPort, workerData } from 'node:worker_threads';
import type { EventLog } from '../../ship/ports.ts';
import { createEventLog } from './append-batch.ts';
import { type ClickHouseConnection, connectClickHouse } from './connect.ts';
import type { EventLogStart, FromEventLog, ToEventLog } from './event-log-messages.ts';

/*
 * Appends to the event log, away from the thread that answers requests: unpacking a second's events and
 * handing them over held up every request for 10 to 20 ms.
 *
 * The thread must not end before the process does: chDB, once a thread that used it is gone, answers
 * nobody else in the process. So it catches everything, and stays after it was closed.
 */

if (parentPort === null) {
  throw new Error('event-log-worker.js is started as a thread');
}
const port = parentPort;
// Given by EventLogThread, which starts this worker.
const { location } = workerData as EventLogStart;
let opened: { readonly connection: ClickHouseConnection; readonly log: EventLog } | undefined;
let last: Promise<void> = Promise.resolve();

port.on('message', (asked: ToEventLog) => {
  // One after the other: the answers are told apart by their order.
  last = last.then(async () => port.postMessage(await answer(asked)));
});

async function answer(asked: ToEventLog): Promise<FromEventLog> {
  try {
    if (asked.kind === 'append') {
      opened ??= await open();
      return { kind: 'appended', ...(await opened.log.append(asked.batch)) };
    }
    await opened?.connection.close();
    opened = undefined;
    return { kind: 'closed' };
  } catch (error) {
    return { kind: 'failed', message: reasonOf(error) };
  }
}

/** With its causes, which an error that goes to another thread would leave behind. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error.cause === undefined ? error.message : `${error.message}: ${reasonOf(error.cause)}`;
}

async function open() {
  const connection = await connectClickHouse(location);
  return { connection, log: createEventLog(connection.client) };
}
