import { statfs } from 'node:fs/promises';
import { SECOND_MS } from '@tenth/model/time.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type { BackfillStore } from '../backfill/ports.ts';
import { progressOf } from '../backfill/progress.ts';
import type { Pipeline } from '../commit/pipeline.ts';
import type { Config } from '../config/options.ts';
import type { Outbox } from '../ship/ports.ts';
import type { Shipper } from '../ship/shipper.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import type { DueStore } from '../sweep/ports.ts';
import type { Metrics } from '../telemetry/metrics.ts';

export interface WatchedParts {
  readonly config: Config;
  readonly postgres: PostgresConnection;
  readonly pipeline: Pipeline;
  readonly outbox: Required<Pick<Outbox, 'backlog'>>;
  readonly shipper: Shipper;
  readonly due: DueStore;
  readonly backfills: BackfillStore;
  readonly plans: PlanRegistry;
  readonly now: () => number;
}

/** Shows the metrics where to ask for what nobody tells of. */
export function watchMetrics(
  metrics: Metrics,
  { config, postgres, pipeline, outbox, shipper, due, backfills, plans, now }: WatchedParts,
): void {
  const secondsSince = (at: number | undefined) =>
    at === undefined ? 0 : Math.max(0, now() - at) / SECOND_MS;
  const isEmbedded = config.databaseUrl === undefined || config.clickhouseUrl === undefined;
  metrics.watch({
    pipeline: () => pipeline.stats(),
    ship: () => shipper.state,
    async outbox() {
      const { rows, bytes, oldestAt } = await outbox.backlog();
      return {
        rows,
        bytes,
        limitBytes: config.outboxLimitMb * 1_048_576,
        oldestAgeSeconds: secondsSince(oldestAt),
      };
    },
    sweepOverdueSeconds: async () => secondsSince(await due.nextDueAt()),
    async backfills() {
      const running = await Promise.all(plans.workspaces().map((id) => backfills.unfinished(id)));
      return running.flat().map(progressOf);
    },
    dataDirFreeBytes: isEmbedded
      ? async () => {
          const { bavail, bsize } = await statfs(config.dataDir);
          return bavail * bsize;
        }
      : undefined,
    pool: () => postgres.pool?.(),
    breaker: () => postgres.breaker?.(),
  });
}
