import type { WorkspaceId } from '@tenth/model/ids.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import type { EpochMs } from '@tenth/model/time.ts';
import type { PlanStore } from '../../admin/ports.ts';
import type { PostgresConnection } from './connection.ts';

export interface VersionedPlanStore extends PlanStore {
  /** What was published as that version, to explain a decision of then. */
  find(workspaceId: WorkspaceId, version: number): Promise<PlanDefinition | undefined>;
  /** The latest version of every workspace, by which a server notices what another has published. */
  latestVersions(): Promise<ReadonlyMap<WorkspaceId, number>>;
}

/** Every version ever published is kept; none is changed. */
export function createPlanStore(
  { db }: PostgresConnection,
  now: () => EpochMs,
): VersionedPlanStore {
  return {
    async findLatest(workspaceId) {
      const row = await db
        .selectFrom('plan_versions')
        .select('definition')
        .where('workspace_id', '=', workspaceId)
        .orderBy('version', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row === undefined ? undefined : parseDefinition(row.definition);
    },

    async find(workspaceId, version) {
      const row = await db
        .selectFrom('plan_versions')
        .select('definition')
        .where('workspace_id', '=', workspaceId)
        .where('version', '=', version)
        .executeTakeFirst();
      return row === undefined ? undefined : parseDefinition(row.definition);
    },

    async latestVersions() {
      const rows = await db
        .selectFrom('plan_versions')
        .select((fn) => ['workspace_id', fn.fn.max('version').as('version')])
        .groupBy('workspace_id')
        .execute();
      // The column refers to workspaces, where only checked ids are.
      return new Map(rows.map((row) => [row.workspace_id as WorkspaceId, row.version]));
    },

    async append(workspaceId, definition) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('plan_versions')
        .values({
          workspace_id: workspaceId,
          version: definition.version,
          definition: JSON.stringify(definition),
          published_at: now(),
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
  };
}

/** Read through the schema, since an older version of the software may have written it. */
function parseDefinition(text: string): PlanDefinition {
  return planDefinition.parse(JSON.parse(text));
}
