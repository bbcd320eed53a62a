import { segment } from '@tenth/model/segment.ts';
import type { CountedSegments } from '../../replay/plan-versions.ts';
import type { PostgresConnection } from './connection.ts';

/** Segments whose counts were made up from the log before they took effect. */
export function createCountedSegments({ db }: PostgresConnection): CountedSegments {
  return {
    async list(workspaceId) {
      const rows = await db
        .selectFrom('backfills')
        .select(['plan_version', 'definition'])
        .where('workspace_id', '=', workspaceId)
        .where('state', 'in', ['switching', 'done'])
        .where('aggregates', '!=', '[]')
        .orderBy('backfill_id')
        .execute();
      return rows.map((row) => ({
        planVersion: row.plan_version,
        segment: segment.parse(JSON.parse(row.definition)),
      }));
    },
  };
}
