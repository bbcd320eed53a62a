import { type DecisionTrace, decisionTrace } from '@tenth/model/decision.ts';
import { z } from 'zod';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../measure/sql/query.ts';

const row = z.object({ trace: z.string() });

/** The trace that was written when the event was decided on; undefined where none was. */
export async function findLoggedTrace(
  log: EventLogReader,
  seq: string,
): Promise<DecisionTrace | undefined> {
  const params = new SqlParams();
  const sql = `
    SELECT trace FROM events
    WHERE ${WORKSPACE} AND seq = ${params.bind('UInt64', seq)}`;
  const [found] = await runQuery(log, { sql, params, row });
  return found === undefined || found.trace === ''
    ? undefined
    : decisionTrace.parse(JSON.parse(found.trace));
}
