import { segment } from '@tenth/model/segment.ts';
import { z } from 'zod';
import type { CountedSegments } from '../../replay/counted-anew.ts';
import type { PostgresConnection } from './connection.ts';

const aggregateIds = z.array(z.string());

/** Segments whose counts were made up from the log before they took effect, or were to be. */
export function createCountedSegments({ db }: PostgresConnection): CountedSegments {
  return {
    async list(workspaceId) {
      const rows = await db
        .selectFrom('backfills')
        .select(['plan_version', 'definition', 'aggregates'])
        .where('workspace_id', '=', workspaceId)
        .where('aggregates', '!=', '[]')
        .orderBy('backfill_id')
        .execute();
      return rows.map((row) => ({
        planVersion: row.plan_version,
        segment: segment.parse(JSON.parse(row.definition)),
        aggregates: aggregateIds.parse(JSON.parse(row.aggregates)),
      }));
    },
  };
}
