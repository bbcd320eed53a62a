import { loadLatestPlan } from '../admin/load-latest-plan.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type { KnownWriteKeys } from '../http/collection/known-write-keys.ts';
import { ChangeWatch } from '../nodes/change-watch.ts';
import type { Suppressions } from '../privacy/suppressions.ts';
import { createChangeFeed } from '../stores/postgres/change-feed.ts';
import type { VersionedPlanStore } from '../stores/postgres/plan-store.ts';
import type { Logger } from '../telemetry/logger.ts';

/** Takes over what other nodes publish, and the keys that they make and revoke. */
export function watchChanges(
  databaseUrl: string,
  {
    planStore,
    plans,
    writeKeys,
    suppressions,
    logger,
  }: {
    readonly planStore: VersionedPlanStore;
    readonly plans: PlanRegistry;
    readonly writeKeys: Pick<KnownWriteKeys, 'forgetAll'>;
    readonly suppressions: Pick<Suppressions, 'load'>;
    readonly logger: Logger;
  },
): ChangeWatch {
  return new ChangeWatch({
    feed: createChangeFeed(databaseUrl, (error) =>
      logger.warn({ err: error }, 'nodes.listen.failed'),
    ),
    take: {
      async plans() {
        for (const [id, version] of await planStore.latestVersions()) {
          if (plans.find(id)?.definition.version !== version) {
            await loadLatestPlan(id, { store: planStore, registry: plans });
          }
        }
      },
      keys: () => writeKeys.forgetAll(),
      suppressions: () => suppressions.load(),
    },
    onFailed: (error, thing) => logger.warn({ err: error, thing }, 'nodes.change.failed'),
  });
}
