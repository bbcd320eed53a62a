import { z } from 'zod';
import { format, renderedContent } from './content.ts';
import { campaignId, decisionId, messageId, variantId } from './ids.ts';
import { json } from './json-schema.ts';

/**
 * What a client is told to do. `show` is new; `update` brings a message that is still right (the
 * same decision, content rendered anew, drawn again if the page has changed); `withdraw` takes it away.
 */
export const decision = z.discriminatedUnion('action', [
  z.strictObject({
    action: z.literal('show'),
    decisionId,
    campaignId,
    variantId,
    messageId: messageId.describe('The event that brought the decision about'),
    format,
    content: renderedContent,
    expiresAt: z
      .number()
      .describe('Epoch ms. Not seen by then, it must not be shown: its reservation is released'),
    staysOverPages: z
      .boolean()
      .describe(
        'Whether it stays when the visitor goes to another page, until it is withdrawn; an update is always of one that does',
      ),
  }),
  z.strictObject({
    action: z.literal('update'),
    decisionId,
    campaignId,
    variantId,
    messageId,
    format,
    content: renderedContent,
    expiresAt: z.number(),
  }),
  z.strictObject({ action: z.literal('withdraw'), decisionId, campaignId, messageId }),
]);
export type Decision = z.infer<typeof decision>;

export const arms = ['treatment', 'holdout'] as const;
export const arm = z.enum(arms);
export type Arm = z.infer<typeof arm>;

export const capKinds = [
  'campaign_session',
  'campaign_day',
  'campaign_week',
  'campaign_ever',
  'person_session',
  'person_day',
  'person_week',
] as const;
export const capKind = z.enum(capKinds);
export type CapKind = z.infer<typeof capKind>;

/** What became of one campaign that an event put up for decision. */
export const campaignOutcome = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('shown'), decisionId, variantId, probability: z.number() }),
  z.strictObject({
    kind: z.literal('withheld'),
    decisionId,
    probability: z.number().describe('Chance of the holdout arm'),
  }),
  z.strictObject({ kind: z.literal('kept'), decisionId }).describe('Shown earlier and still right'),
  z.strictObject({ kind: z.literal('withdrawn'), decisionId }),
  z.strictObject({
    kind: z.literal('failed'),
    stage: z.enum(['schedule', 'trigger', 'audience']),
    path: z.string().describe('Where in the definition: audience.all[1]'),
    condition: z
      .string()
      .describe('The condition in short: session.channel in organic_search, portal'),
    saw: json.describe('The value it found'),
  }),
  z.strictObject({
    kind: z.literal('capped'),
    cap: capKind,
    limit: z.number(),
    count: z.number(),
  }),
  z.strictObject({ kind: z.literal('crowded_out'), by: campaignId, group: z.string() }),
  z.strictObject({ kind: z.literal('not_rendered'), reason: z.string() }),
]);
export type CampaignOutcome = z.infer<typeof campaignOutcome>;

/** Why each campaign that an event put up was or was not shown, by priority. */
export const decisionTrace = z.strictObject({
  planVersion: z.number().int(),
  at: z.number(),
  considered: z.array(z.strictObject({ campaignId, outcome: campaignOutcome })),
});
export type DecisionTrace = z.infer<typeof decisionTrace>;
