import { type CampaignOutcome, decisionTrace } from '@tenth/model/decision.ts';
import type { CampaignId, ProfileId } from '@tenth/model/ids.ts';
import { z } from 'zod';
import { type EventLogReader, runQuery, SqlParams, WORKSPACE } from '../sql/query.ts';
import { findPersonProfiles } from './find-person-profiles.ts';

/** One moment at which a campaign was considered for a person, and what came of it. */
export interface ExplainedMoment {
  /** ISO 8601. */
  readonly at: string;
  readonly messageId: string;
  /** The event's name, or its type where it has none. */
  readonly event: string;
  readonly planVersion: number;
  readonly outcome: CampaignOutcome;
}

const row = z.object({
  at_ms: z.coerce.number(),
  message_id: z.string(),
  event: z.string(),
  trace: z.string(),
});

/** The latest moments first, at most `limit`. */
export async function explainPerson(
  log: EventLogReader,
  input: {
    readonly profileId: ProfileId;
    readonly campaignId: CampaignId;
    readonly limit?: number;
  },
): Promise<readonly ExplainedMoment[]> {
  const { profileIds } = await findPersonProfiles(log, input.profileId);
  const params = new SqlParams();
  const considered = params.bind('String', `"campaignId":"${input.campaignId}"`);
  const sql = `
    SELECT toUnixTimestamp64Milli(timestamp) AS at_ms, message_id, toString(event) AS event, trace
    FROM events
    WHERE ${WORKSPACE} AND profile_id IN ${params.bind('Array(String)', profileIds)}
      AND position(trace, ${considered}) > 0
    ORDER BY timestamp DESC, seq DESC LIMIT ${params.bind('UInt32', input.limit ?? 500)}`;
  const rows = await runQuery(log, { sql, params, row });
  return rows.flatMap((found) => {
    const trace = decisionTrace.parse(JSON.parse(found.trace));
    return trace.considered
      .filter(({ campaignId }) => campaignId === input.campaignId)
      .map(({ outcome }) => ({
        at: new Date(found.at_ms).toISOString(),
        messageId: found.message_id,
        event: found.event,
        planVersion: trace.planVersion,
        outcome,
      }));
  });
}
