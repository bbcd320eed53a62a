import type { Tally } from '@tenth/engine/simulate/tally.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { SimulationRequest } from '@tenth/model/simulation.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** What a thread is started with. */
export interface WorkerStart {
  /** Every version that the events were run with. */
  readonly definitions: readonly PlanDefinition[];
  readonly latest: PlanDefinition;
  readonly lists: readonly SentList[];
  readonly asked: SimulationRequest;
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** Id of a list, and the sorted hashes of its members. */
export type SentList = readonly [id: string, hashes: BigUint64Array];

/** To a thread: lines of JSON, whole people after one another; then that there are no more. */
export type ToWorker = { readonly kind: 'page'; readonly text: string } | { readonly kind: 'end' };

export type FromWorker =
  /** The plans are compiled. */
  | { readonly kind: 'ready' }
  /** What is tried out does not compile. */
  | { readonly kind: 'refused'; readonly path: string; readonly message: string }
  /** A page is done. */
  | { readonly kind: 'progress'; readonly events: number; readonly people: number }
  | { readonly kind: 'tally'; readonly tally: Tally };
