import { SECOND_MS } from '@tenth/model/time.ts';
import { loadLatestPlan } from '../admin/load-latest-plan.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type { createPlanStore } from '../stores/postgres/plan-store.ts';
import type { Logger } from '../telemetry/logger.ts';

// A page that is 100 ms older or newer than another node's plan is as good; so is 2 s.
export const PLAN_POLL_MS = 2 * SECOND_MS;
/** Takes over what other nodes publish. */
export function pollPlans({
  planStore,
  plans,
  logger,
}: {
  readonly planStore: ReturnType<typeof createPlanStore>;
  readonly plans: PlanRegistry;
  readonly logger: Logger;
}): () => void {
  const poll = async () => {
    for (const [id, version] of await planStore.latestVersions()) {
      if (plans.find(id)?.definition.version !== version) {
        await loadLatestPlan(id, { store: planStore, registry: plans });
      }
    }
  };
  const timer = setInterval(() => {
    poll().catch((error: unknown) => logger.warn({ err: error }, 'admin.plan.poll-failed'));
  }, PLAN_POLL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
