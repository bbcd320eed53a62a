import { availableParallelism } from 'node:os';
import { addTallies, emptyTally, type Tally } from '@tenth/engine/simulate/tally.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Period } from '@tenth/model/report.ts';
import type { SimulationLine, SimulationRequest } from '@tenth/model/simulation.ts';
import { type EpochMs, SECOND_MS } from '@tenth/model/time.ts';
import { z } from 'zod';
import type { MemberSet } from '../lists/member-set.ts';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../measure/sql/query.ts';
import { listsOfNow, type PlanVersions, type PresentLists } from '../replay/plan-versions.ts';
import { LineQueue } from './line-queue.ts';
import {
  readSortedPage,
  type SortedEvents,
  type SortedPlace,
  sortEvents,
} from './sorted-events.ts';
import { toResult } from './to-result.ts';
import type { SentList } from './worker-messages.ts';
import { WorkerThread } from './worker-thread.ts';

export interface SimulationDeps {
  readonly log: EventLogReader;
  readonly plans: PlanVersions;
  /** The built `simulation-worker.js`. */
  readonly workerUrl: URL;
  readonly now: () => EpochMs;
  /** Threads; one a core unless given. */
  readonly workers?: number;
}

export interface SimulationAsked {
  readonly request: SimulationRequest;
  readonly period: Period;
  /** What is published now. */
  readonly latest: PlanDefinition;
  /** In use now. */
  readonly lists: PresentLists<MemberSet>;
  /** Aborted when nobody waits for the reply any more. */
  readonly signal: AbortSignal;
}

/** Often enough to watch, seldom enough to cost nothing. */
const PROGRESS_MS = SECOND_MS / 2;

const versionRow = z.object({ version: z.coerce.number(), is_in: z.coerce.boolean() });

/**
 * Tries something out on the traffic of a past period: all people who did something in it are rebuilt
 * from the log, and every decision is made twice, as it was and as it would have been.
 *
 * @returns The lines of the reply, once it is known that what is tried out compiles. Aborting the signal
 *   or leaving the loop ends the simulation and clears up after it.
 * @throws {Problem} definition-invalid, with the field.
 */
export async function runSimulation(
  deps: SimulationDeps,
  asked: SimulationAsked,
): Promise<AsyncIterable<SimulationLine>> {
  const { log, plans, workerUrl, now } = deps;
  const startedAt = now();
  const from = Date.parse(asked.period.from);
  const to = Date.parse(asked.period.to);
  const versions = await listVersions(log, { from, to });
  const lines = new LineQueue<SimulationLine>();
  let reportedAt = now();
  const threads: WorkerThread[] = [];
  let eventsInAll: number | null = null;
  const onProgress = () => {
    if (now() - reportedAt >= PROGRESS_MS) {
      reportedAt = now();
      lines.push(progressOf(threads, eventsInAll));
    }
  };
  const start = {
    definitions: await plans.definitionsOf(
      log.workspaceId,
      versions.map(({ version }) => version),
    ),
    latest: asked.latest,
    lists: [...asked.lists].map(([id, { members }]): SentList => [id, hashesOf(members)]),
    asked: asked.request,
    from,
    to,
  };
  for (let count = deps.workers ?? availableParallelism(); count > 0; count -= 1) {
    threads.push(new WorkerThread(workerUrl, start, onProgress));
  }
  const stop = async () => {
    await Promise.all(threads.map((thread) => thread.stop()));
  };
  try {
    await Promise.all(threads.map((thread) => thread.ready()));
  } catch (error) {
    await stop();
    throw error;
  }

  const run = async () => {
    lines.push({ kind: 'progress', phase: 'sorting', people: 0, events: 0, eventsInAll: null });
    const sorted = await sortEvents(log, { from, to }, threads.length, startedAt);
    try {
      eventsInAll = sorted.events;
      const tally = await runThreads(log, sorted, threads, asked);
      lines.push({
        kind: 'result',
        result: toResult(tally, {
          request: asked.request,
          period: asked.period,
          settings: asked.latest.settings,
          listsOfNow: [
            ...new Set(start.definitions.flatMap((one) => listsOfNow(one, asked.lists))),
          ],
          planVersions: versions.flatMap(({ version, is_in: isIn }) => (isIn ? [version] : [])),
          seconds: (now() - startedAt) / SECOND_MS,
          workers: threads.length,
        }),
      });
    } finally {
      await stop();
      await sorted.drop();
    }
  };
  const onAbort = () => void stop();
  asked.signal.addEventListener('abort', onAbort, { once: true });
  run()
    .then(
      () => lines.end(),
      (error: unknown) => lines.fail(error),
    )
    .finally(() => asked.signal.removeEventListener('abort', onAbort));
  return lines.read(stop);
}

/** All hashes of a list, in order. */
function hashesOf(members: MemberSet): BigUint64Array {
  const [hashes = new BigUint64Array()] = members.chunks(members.size);
  return hashes;
}

/** Versions of the plan that ran on events up to the end of the period, and whether on some within it. */
async function listVersions(
  log: EventLogReader,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
) {
  const params = new SqlParams();
  const sql = `
    SELECT plan_version AS version, max(timestamp >= ${params.bindTime(from)}) AS is_in FROM events
    WHERE ${WORKSPACE} AND NOT is_bot AND timestamp < ${params.bindTime(to)}
    GROUP BY version ORDER BY version`;
  return runQuery(log, { sql, params, row: versionRow });
}

async function runThreads(
  log: EventLogReader,
  sorted: SortedEvents,
  threads: readonly WorkerThread[],
  { request, signal }: SimulationAsked,
): Promise<Tally> {
  const tallies = await Promise.all(
    threads.map(async (thread, shard) => {
      let place: SortedPlace | undefined;
      do {
        signal.throwIfAborted();
        const page = await readSortedPage(log, sorted, shard, place);
        await thread.take(page.text);
        place = page.next;
      } while (place !== undefined);
      return thread.finish();
    }),
  );
  return tallies.reduce((sum, tally) => addTallies(sum, tally, request.sample), emptyTally());
}

function progressOf(threads: readonly WorkerThread[], eventsInAll: number | null): SimulationLine {
  return {
    kind: 'progress',
    phase: 'running',
    people: threads.reduce((sum, { progress }) => sum + progress.people, 0),
    events: threads.reduce((sum, { progress }) => sum + progress.events, 0),
    eventsInAll,
  };
}
