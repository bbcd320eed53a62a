import type { WorkspaceId } from '@tenth/model/ids.ts';
import { planDefinition } from '@tenth/model/plan.ts';
import { loadLatestPlan } from '../admin/load-latest-plan.ts';
import type { PlanRegistry } from '../admin/plan-registry.ts';
import type { PlanStore } from '../admin/ports.ts';
import type { PostgresConnection } from '../stores/postgres/connection.ts';
import { createWorkspaceStore } from '../stores/postgres/workspace-store.ts';
import type { PlanSeed, TenthOptions } from './tenth.ts';

/** Makes the wanted workspace if need be, and loads what every workspace has published. */
export async function prepareWorkspaces(
  postgres: PostgresConnection,
  planStore: PlanStore,
  plans: PlanRegistry,
  wanted: TenthOptions['workspace'],
): Promise<WorkspaceId> {
  const workspaces = createWorkspaceStore(postgres);
  const known = await workspaces.list();
  const id = wanted?.id ?? known[0] ?? ('main' as WorkspaceId); // fits the schema of ids
  await workspaces.ensure(id, Date.now());
  if ((await planStore.findLatest(id)) === undefined) {
    const seed = wanted?.seed ?? emptyPlan;
    await planStore.append(id, { ...seed, version: 1 });
  }
  for (const workspaceId of new Set([...known, id])) {
    await loadLatestPlan(workspaceId, { store: planStore, registry: plans });
  }
  return id;
}

const emptyPlan: PlanSeed = planDefinition.parse({
  version: 1,
  settings: { name: 'My shop' },
  segments: [],
  campaigns: [],
});
