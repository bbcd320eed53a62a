import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { PlanRegistry } from './plan-registry.ts';
import type { PlanStore } from './ports.ts';

/** Takes over what was published last, here or on another node. */
export async function loadLatestPlan(
  workspaceId: WorkspaceId,
  {
    store,
    registry,
  }: { readonly store: Pick<PlanStore, 'findLatest'>; readonly registry: PlanRegistry },
): Promise<void> {
  let latest = await store.findLatest(workspaceId);
  while (
    latest !== undefined &&
    latest.version !== registry.find(workspaceId)?.definition.version
  ) {
    const { version } = latest;
    try {
      await registry.load(workspaceId, latest);
      return;
    } catch (error) {
      // The members of a list go when its next version is published: then there is a newer plan.
      latest = await store.findLatest(workspaceId);
      if (latest?.version === version) {
        throw error;
      }
    }
  }
}
