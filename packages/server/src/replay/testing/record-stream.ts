import { compilePlan } from '@tenth/engine/plan/plan.ts';
import type { Decision } from '@tenth/model/decision.ts';
import { messageEvents, type SiteEvent } from '@tenth/model/event.ts';
import type { MessageId, WorkspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import { createPipeline } from '../../commit/pipeline.ts';
import { createMemoryStore, type MemoryStore } from '../../commit/testing/memory-store.ts';

export interface RecordedStream {
  readonly records: readonly LogRecord[];
  readonly store: MemoryStore;
  /** What was answered, in order. */
  readonly decisions: readonly Decision[];
}

export interface StreamOptions {
  readonly workspaceId: WorkspaceId;
  /** One after the other, each for an equal part of the events. */
  readonly definitions: readonly PlanDefinition[];
  /** Of the messages that are shown, each how-manyth is seen. */
  readonly seenEvery?: number;
  /** Nobody waits on every how-manyth event. */
  readonly silentEvery?: number;
}

/** Takes events through the pipeline one by one, as a shop's day, and keeps what goes to the log. */
export async function recordStream(
  events: readonly SiteEvent[],
  { workspaceId, definitions, seenEvery = 2, silentEvery = 11 }: StreamOptions,
): Promise<RecordedStream> {
  const plans = definitions.map((definition) => compilePlan(definition));
  const store = createMemoryStore();
  const records: LogRecord[] = [];
  const decisions: Decision[] = [];
  let now = 0;
  let plan = plans[0];
  const pipeline = createPipeline({
    store,
    plans: {
      get() {
        if (plan === undefined) {
          throw new Error('give a plan at least');
        }
        return plan;
      },
    },
    toOutboxBody: () => new Uint8Array(),
    now: () => now,
    onCommitted: (committed) => records.push(...committed),
  });
  const send = async (event: SiteEvent, isDeciding: boolean) => {
    // A little later than it happened, as over a network.
    now = event.at + 37;
    const outcome = await pipeline.process(workspaceId, [event], isDeciding, now);
    decisions.push(...outcome.decisions);
    return outcome.decisions;
  };
  let shown = 0;
  for (const [index, event] of events.entries()) {
    plan = plans[Math.floor((index / events.length) * plans.length)];
    for (const decision of await send(event, index % silentEvery !== 0)) {
      if (decision.action === 'show') {
        shown += 1;
        if (shown % seenEvery === 0) {
          await send(answerTo(decision.decisionId, event), true);
        }
      }
    }
  }
  return { records, store, decisions };
}

function answerTo(decisionId: string, event: SiteEvent): SiteEvent {
  const properties = { decision_id: decisionId };
  return {
    ...event,
    messageId: `seen-${decisionId}` as MessageId, // short enough for the schema
    type: 'track',
    name: messageEvents.seen,
    at: event.at + 900,
    receivedAt: event.at + 950,
    properties,
    traits: {},
    page: undefined,
    payload: { type: 'track', event: messageEvents.seen, properties },
  };
}
