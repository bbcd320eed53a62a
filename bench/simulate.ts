import { aCampaign } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { MessageId, WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { simulationRequest } from '@tenth/model/simulation.ts';
import { HOUR_MS } from '@tenth/model/time.ts';
import { openTestLog } from '@tenth/server/measure/testing/open-test-log.ts';
import { PlanVersions } from '@tenth/server/replay/plan-versions.ts';
import { clickstreamMissing, readClickstream } from '@tenth/server/replay/testing/clickstream.ts';
import { recordStream } from '@tenth/server/replay/testing/record-stream.ts';
import { shopPlans } from '@tenth/server/replay/testing/shop-plans.ts';
import { LinesRun } from '@tenth/server/simulate/run-lines.ts';
import { runSimulation } from '@tenth/server/simulate/run-simulation.ts';
import {
  readSortedPage,
  type SortedPlace,
  sortEvents,
} from '@tenth/server/simulate/sorted-events.ts';
import type { WorkerStart } from '@tenth/server/simulate/worker-messages.ts';

const SHOP = 'bench' as WorkspaceId; // fits the schema of ids
/** The day of the data set so many times over, each with other visitors. */
const COPIES = 1;
const ROUNDS = 40;

export interface SimulationFigures {
  readonly events: number;
  /** By processor time, from the lines of the log to the figures; of the fastest round. */
  readonly eventsPerSecondACore: number;
  readonly slowestRound: number;
  /** Of a draft that asks about a figure which nothing published counts. */
  readonly eventsPerSecondOwnFigure: number;
  /** All threads, with the sorting of the log. */
  readonly wholeSeconds: number;
}

/** Past traffic of a real shop against a draft; undefined, with the reason, where the data is missing. */
export async function benchSimulation(): Promise<SimulationFigures | string> {
  if (clickstreamMissing !== undefined) {
    return clickstreamMissing;
  }
  const definitions = shopPlans();
  const latest = definitions.at(-1);
  if (latest === undefined) {
    throw new Error('there is a plan');
  }
  const day = await readClickstream();
  const events = Array.from({ length: COPIES }, (_, copy) => day.map((event) => of(event, copy)));
  const log = await openTestLog();
  try {
    for (const some of events) {
      const { records } = await recordStream(some, { workspaceId: SHOP, definitions });
      for (let from = 0; from < records.length; from += 1_000) {
        await log.append(records.slice(from, from + 1_000));
      }
    }
    const times = day.map(({ at }) => at);
    const period = { from: Math.min(...times) + HOUR_MS, to: Math.max(...times) + HOUR_MS };
    const reader = log.readerOf(SHOP);
    const sorted = await sortEvents(reader, period, 1, Date.now());
    const pages: string[] = [];
    let place: SortedPlace | undefined;
    do {
      const page = await readSortedPage(reader, sorted, 0, place);
      pages.push(page.text);
      place = page.next;
    } while (place !== undefined);
    await sorted.drop();

    const known = rates(pages, startOf(definitions, latest, period, 'Product Added'));
    const unknown = rates(pages, startOf(definitions, latest, period, 'Order Completed'));
    const startedAt = performance.now();
    const lines = await runSimulation(
      {
        log: reader,
        plans: new PlanVersions({
          find: async (_, version) => definitions.find((one) => one.version === version),
        }),
        workerUrl: new URL('../../packages/server/dist/simulation-worker.js', import.meta.url),
        now: Date.now,
      },
      {
        request: startOf(definitions, latest, period, 'Product Added').asked,
        period: {
          from: new Date(period.from).toISOString(),
          to: new Date(period.to).toISOString(),
        },
        latest,
        lists: new Map(),
        signal: new AbortController().signal,
      },
    );
    for await (const line of lines) {
      if (line.kind === 'problem') {
        throw new Error(line.problem.title);
      }
    }
    return {
      events: sorted.events,
      eventsPerSecondACore: Math.max(...known),
      slowestRound: Math.min(...known),
      eventsPerSecondOwnFigure: Math.max(...unknown),
      wholeSeconds: (performance.now() - startedAt) / 1_000,
    };
  } finally {
    await log.close();
  }
}

function of(event: SiteEvent, copy: number): SiteEvent {
  const named = (id: string | undefined) => (id === undefined ? undefined : `${id}-${copy}`);
  return {
    ...event,
    messageId: `${event.messageId}-${copy}` as MessageId, // stays short
    anonymousId: named(event.anonymousId),
    userId: named(event.userId),
  };
}

function startOf(
  definitions: readonly PlanDefinition[],
  latest: PlanDefinition,
  { from, to }: { readonly from: number; readonly to: number },
  counted: string,
): WorkerStart {
  const isKept = counted === 'Product Added';
  const campaign = aCampaign({
    id: 'draft',
    trigger: { kind: 'event', event: { type: 'track', name: 'Product Added' } },
    priority: 1_000,
    holdoutShare: 0.1,
    audience: isKept
      ? { kind: 'segment', segmentId: 'keen' as never, is: true }
      : {
          kind: 'event_count',
          event: { type: 'track', name: counted },
          window: { kind: 'last_days', days: 7 },
          test: { op: 'is', value: 0 },
        },
  });
  return {
    definitions,
    latest,
    lists: [],
    asked: simulationRequest.parse({ campaign }),
    from,
    to,
  };
}

function rates(pages: readonly string[], start: WorkerStart): readonly number[] {
  return Array.from({ length: ROUNDS }, () => {
    const run = new LinesRun(start);
    const before = process.cpuUsage();
    for (const page of pages) {
      run.takePage(page);
    }
    const { events } = run.finish();
    const { user, system } = process.cpuUsage(before);
    return Math.round(events / ((user + system) / 1_000_000));
  });
}
