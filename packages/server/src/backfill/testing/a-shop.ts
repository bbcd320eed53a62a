import { T0 } from '@tenth/engine/testing/builders.ts';
import type { SiteEvent } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { PlanRegistry } from '../../admin/plan-registry.ts';
import { Publisher } from '../../admin/publisher.ts';
import { memoryPlanStore } from '../../admin/testing/memory-stores.ts';
import { createPipeline } from '../../commit/pipeline.ts';
import { createMemoryStore } from '../../commit/testing/memory-store.ts';
import { encodePlainly, WORKSPACE } from '../../commit/testing/two-servers.ts';
import { memoryLists } from '../../lists/testing/memory-lists.ts';
import { Backfiller } from '../backfiller.ts';
import { SegmentPublisher } from '../segment-publisher.ts';
import { memoryBackfills } from './memory-backfills.ts';

/** A shop with its plan, people, back-fills and log, all in memory. */
export async function aShop(definition: PlanDefinition, rests: readonly number[] = []) {
  let readings = 0;
  /** Reading the log takes its time, in which events come in: turns of the event loop, as drawn. */
  const rest = () => {
    readings += 1;
    return turns(rests[readings % rests.length] ?? 0);
  };
  let now = T0;
  const clock = () => now;
  const store = createMemoryStore();
  const backfills = memoryBackfills(store);
  const planStore = memoryPlanStore();
  const lists = memoryLists(clock);
  const plans = new PlanRegistry((id, list) => lists.read(id, list));
  const first = { ...definition, lists: [] };
  await planStore.append(WORKSPACE, first);
  await plans.load(WORKSPACE, first);
  const records: LogRecord[] = [];
  const pipeline = createPipeline({
    store,
    plans: { get: (id) => plans.get(id).plan },
    toOutboxBody: encodePlainly,
    now: clock,
    onCommitted: (committed) => records.push(...committed),
  });
  const publisher = new Publisher({ store: planStore, registry: plans });
  const segments = new SegmentPublisher({
    store: backfills,
    plans,
    publisher,
    versions: planStore,
    now: clock,
    onStarted: () => {},
  });
  const aBackfiller = () =>
    new Backfiller({
      store: backfills,
      pipeline,
      plans,
      publisher,
      async *history(_id: WorkspaceId, { range, others }) {
        await rest();
        const all = store.outbox.flatMap(
          (body) => JSON.parse(new TextDecoder().decode(body)) as LogRecord[],
        );
        yield all
          .flatMap(({ events }) => events)
          .filter(({ event }) => !event.isBot)
          .filter(
            ({ profileId }) =>
              others.includes(profileId) ||
              (range !== undefined && profileId > range.after && profileId <= range.upTo),
          )
          .map(({ event, profileId, session }) => ({
            event,
            profileId,
            sessionId: session?.id ?? '',
          }));
        await rest();
      },
      now: clock,
      graceMs: 0,
      pagePeople: 1,
      stepPages: 2,
    });
  return {
    store,
    plans,
    planStore,
    publisher,
    pipeline,
    segments,
    backfills,
    records,
    aBackfiller,
    /** As the store of a server lists them. */
    countedSegments: {
      list: async () =>
        backfills
          .all()
          .flatMap(({ planVersion, definition: segment, aggregates }) =>
            aggregates.length === 0 ? [] : [{ planVersion, segment, aggregates }],
          ),
    },
    decide: (...events: readonly SiteEvent[]) => pipeline.process(WORKSPACE, events, true, now),
    send: (...events: readonly SiteEvent[]) => pipeline.process(WORKSPACE, events, false, now),
    async finish(backfiller = aBackfiller()) {
      while (await backfiller.step()) {
        // Until there is nothing left to do.
      }
    },
    advance(ms: number) {
      now += ms;
    },
  };
}

export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
