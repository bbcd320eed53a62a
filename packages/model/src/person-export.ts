import { z } from 'zod';
import { consentRecord } from './consent-record.ts';
import { isoTime } from './iso-time.ts';
import { json } from './json-schema.ts';
import { merge } from './merge.ts';
import { problemDetails } from './problem.ts';

const row = z.record(z.string(), json);

/** One line of an export: all that is held of one person, in this order. */
export const personExportLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('about'),
    profileId: z.string(),
    exportedAt: isoTime,
    workspaceId: z.string(),
  }),
  z.strictObject({
    kind: z.literal('profile'),
    isMerged: z.boolean().describe('It was merged into the person; as it was then'),
    profile: row.describe('With traits, devices, counts, segments and the ledger of messages'),
  }),
  z
    .strictObject({ kind: z.literal('snapshot'), profile: row })
    .describe('A profile as it was before a merge, kept so that the merge can be undone'),
  z.strictObject({
    kind: z.literal('identifier'),
    identifier: z.strictObject({ kind: z.string(), value: z.string() }),
  }),
  z.strictObject({ kind: z.literal('merge'), merge }),
  z.strictObject({ kind: z.literal('consent'), consent: consentRecord }),
  z
    .strictObject({ kind: z.literal('list'), listId: z.string() })
    .describe('An uploaded list that has the person'),
  z
    .strictObject({ kind: z.literal('event'), event: row })
    .describe('As it came in (payload), what the server added, and what was decided (trace)'),
  z.strictObject({ kind: z.literal('decision'), decision: row }),
  z.strictObject({
    kind: z.literal('done'),
    events: z.number().int(),
    decisions: z.number().int(),
  }),
  z.strictObject({ kind: z.literal('problem'), problem: problemDetails }),
]);
export type PersonExportLine = z.infer<typeof personExportLine>;

export const personExportPath = '/api/v1/people/:person/export';
