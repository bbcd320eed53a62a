import type { Plan } from '@tenth/engine/plan/plan.ts';
import { aPlan, T0 } from '@tenth/engine/testing/builders.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { LogRecord } from '@tenth/model/log-record.ts';
import { createPipeline, type Pipeline, type PipelineOptions } from '../pipeline.ts';
import type { CommitStore } from '../ports.ts';

export const WORKSPACE = 'shop' as WorkspaceId;

export interface TestServer {
  readonly pipeline: Pipeline;
  /** All that it has committed. */
  readonly records: LogRecord[];
}

/** A pipeline with its own memory, as one server of several on the same store. */
export function aServer(
  store: CommitStore,
  plan: Plan = aPlan(),
  options: PipelineOptions = {},
): TestServer {
  const records: LogRecord[] = [];
  const pipeline = createPipeline({
    store,
    plans: { get: () => plan },
    toOutboxBody: encodePlainly,
    now: () => T0,
    onCommitted: (committed) => records.push(...committed),
    options,
  });
  return { pipeline, records };
}

export function encodePlainly(records: readonly LogRecord[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(records));
}
