import { z } from 'zod';
import { decision, decisionTrace } from './decision.ts';
import { messageId } from './ids.ts';
import { workspaceSettings } from './workspace.ts';

/** What the browser script must look out for, because a live campaign asks for it. */
export const watch = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('time_on_page'), seconds: z.number() }),
  z.strictObject({ kind: z.literal('scroll_depth'), percent: z.number() }),
  z.strictObject({ kind: z.literal('exit_intent') }),
  z.strictObject({ kind: z.literal('silence'), seconds: z.number() }),
  z.strictObject({ kind: z.literal('element_seen'), selector: z.string() }),
  z.strictObject({ kind: z.literal('element_clicked'), selector: z.string() }),
]);
export type Watch = z.infer<typeof watch>;

/** Sent along with decisions when the client's `settingsVersion` is not the current one. */
export const browserSettings = z.strictObject({
  version: z.number().int(),
  watches: z.array(watch),
  brand: workspaceSettings.shape.brand.unwrap(),
  takeOverDataLayer: z.boolean(),
  locale: workspaceSettings.shape.locale.unwrap(),
});
export type BrowserSettings = z.infer<typeof browserSettings>;

export const rejectedEvent = z.strictObject({
  index: z.number().int().describe('Place in the batch, from 0'),
  field: z.string().describe('Path of the offending field, empty for the event as a whole'),
  reason: z.string(),
});
export type RejectedEvent = z.infer<typeof rejectedEvent>;

/** Why each campaign that one event put up was or was not shown. */
export const eventTrace = z.strictObject({ messageId, ...decisionTrace.shape });
export type EventTrace = z.infer<typeof eventTrace>;

/** Segment's reply, and what a client that sent `"decide": true` is to show. */
export const collectReply = z.strictObject({
  success: z.boolean(),
  rejected: z.array(rejectedEvent).optional(),
  unsigned: z
    .number()
    .int()
    .optional()
    .describe(
      'Events whose userId was left out, since it came without a valid signature; only where the workspace asks for one',
    ),
  decisions: z.array(decision).optional(),
  now: z
    .number()
    .optional()
    .describe('The server’s clock in epoch ms, with decisions: their moments are told by it'),
  settings: browserSettings.optional(),
  traces: z
    .array(eventTrace)
    .optional()
    .describe(
      'With `explain`: each event that put a campaign up, in order. One that was processed before is not among them',
    ),
});
export type CollectReply = z.infer<typeof collectReply>;
