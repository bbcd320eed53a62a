import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanDefinition } from '@tenth/model/plan.ts';
import type { Admin } from '../admin/admin.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type { KeyStore } from '../admin/ports.ts';
import type { Config } from '../config/options.ts';
import type { Collector, WriteKeys } from '../http/ports.ts';
import type { Retention } from '../privacy/retention.ts';
import type { Logger } from '../telemetry/logger.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { Readiness } from '../telemetry/readiness.ts';
import type { Tracing } from '../telemetry/tracing.ts';

/** What a workspace starts out with. */
export type PlanSeed = Omit<PlanDefinition, 'version'>;

export interface TenthOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly version: string;
  /** The folder with the built worker, script and console. */
  readonly builtDirectory: URL;
  /** Made when it is not there yet; unless given, the first workspace there is, or `main`. */
  readonly workspace?: { readonly id: WorkspaceId; readonly seed: PlanSeed };
}

/** Everything but the network: stores, pipeline, administration. */
export interface Tenth {
  readonly workspaceId: WorkspaceId;
  readonly admin: Admin;
  readonly collector: Collector;
  readonly writeKeys: WriteKeys;
  readonly keys: KeyStore;
  readonly retention: Retention;
  readonly plans: PlanRegistry;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly tracing: Tracing;
  /** Commits and ships what was taken, then closes the stores. */
  stop(): Promise<void>;
}

export interface RunningTenth extends Tenth {
  readonly addresses: { readonly port: number; readonly origin: string };
  /** From then on `/readyz` says so; whoever starts more beside Tenth calls it last. */
  markReady(): void;
}
