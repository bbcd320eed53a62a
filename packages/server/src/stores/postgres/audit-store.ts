import type { AuditEntry } from '@tenth/model/audit.ts';
import type { Selectable } from 'kysely';
import { sql } from 'kysely';
import { z } from 'zod';
import type { AuditLog } from '../../admin/audit/ports.ts';
import type { PostgresConnection } from './connection.ts';
import type { AuditTable } from './schema.ts';

const target = z.record(z.string(), z.string());

export function createAuditStore({ db }: Pick<PostgresConnection, 'db'>): AuditLog {
  return {
    async append(workspaceId, entry) {
      await db
        .insertInto('audit_log')
        .values({
          workspace_id: workspaceId,
          at: entry.at,
          caller_kind: entry.caller.kind,
          caller_id: entry.caller.id,
          act: entry.act,
          target: JSON.stringify(entry.target),
          outcome: entry.outcome,
          plan_before: entry.planVersion?.before ?? null,
          plan_after: entry.planVersion?.after ?? null,
          request_id: entry.requestId,
          address: entry.address,
        })
        .execute();
    },

    async list(workspaceId, { limit, before, act, people }) {
      let query = db
        .selectFrom('audit_log')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .orderBy('entry_id', 'desc')
        .limit(limit);
      if (before !== undefined) {
        query = query.where('entry_id', '<', before);
      }
      if (act !== undefined) {
        query = query.where('act', '=', act);
      }
      if (people !== undefined) {
        query = query.where(sql<string>`target::jsonb ->> 'person'`, 'in', people);
      }
      return (await query.execute()).map(entryOf);
    },
  };
}

function entryOf(row: Selectable<AuditTable>): AuditEntry {
  return {
    entryId: row.entry_id,
    at: new Date(row.at).toISOString(),
    caller: { kind: row.caller_kind, id: row.caller_id },
    act: row.act,
    target: target.parse(JSON.parse(row.target)),
    outcome: row.outcome,
    planVersion:
      row.plan_before === null || row.plan_after === null
        ? null
        : { before: row.plan_before, after: row.plan_after },
    requestId: row.request_id,
    address: row.address,
  };
}
