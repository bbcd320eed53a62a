import { z } from 'zod';
import { condition } from './condition.ts';
import { content, format } from './content.ts';
import { eventFilter, eventMatch } from './event-match.ts';
import { campaignId, variantId } from './ids.ts';
import { localizedText } from './locale.ts';

const cssSelector = z.string().min(1).max(300);

/** The moment. Those marked client are noticed by the browser script, which then sends an event. */
export const trigger = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('event'),
    event: eventMatch,
  }),
  z
    .strictObject({
      kind: z.literal('page_count'),
      pages: z.number().int().min(1).max(1_000),
    })
    .describe('The nth page of the session'),
  z
    .strictObject({
      kind: z.literal('cart_band'),
      currency: z.string().regex(/^[A-Z]{3}$/),
      from: z.number().min(0),
      to: z.number().positive(),
    })
    .describe('The cart changes and its total lies in [from, to), in units of the currency'),
  z.strictObject({ kind: z.literal('time_on_page'), seconds: z.number().int().min(1).max(3_600) }),
  z.strictObject({ kind: z.literal('scroll_depth'), percent: z.number().int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('exit_intent') }),
  z.strictObject({ kind: z.literal('silence'), seconds: z.number().int().min(1).max(3_600) }),
  z.strictObject({ kind: z.literal('element_seen'), selector: cssSelector }),
  z.strictObject({ kind: z.literal('element_clicked'), selector: cssSelector }),
]);
export type Trigger = z.infer<typeof trigger>;

export const variant = z.strictObject({
  id: variantId,
  weight: z.number().positive().max(1_000).default(1),
  content,
});
export type Variant = z.infer<typeof variant>;

/** A profile keeps each of them until its window has passed. */
const mostOften = z.number().int().min(1).max(100);
const windowCaps = {
  session: mostOften.optional(),
  day: mostOften.optional().describe('The last 24 hours'),
  week: mostOften.optional().describe('The last 7 days'),
};

/** How often at most. Shown and withheld count alike, so that both arms stay comparable. */
export const caps = z.strictObject({
  ...windowCaps,
  ever: z.number().int().min(1).optional(),
});
export type Caps = z.infer<typeof caps>;

/** How often at most over all campaigns. Only what was shown counts: what was withheld took nobody's attention. */
export const personCaps = z.strictObject(windowCaps);
export type PersonCaps = z.infer<typeof personCaps>;

export const schedule = z.strictObject({
  startsAt: z.iso.datetime({ offset: true }).optional(),
  endsAt: z.iso.datetime({ offset: true }).optional(),
  hours: z
    .strictObject({ from: z.number().int().min(0).max(23), to: z.number().int().min(1).max(24) })
    .optional()
    .describe('Local hours of the workspace, to excluded; from > to runs over midnight'),
  weekdays: z
    .array(z.number().int().min(1).max(7))
    .min(1)
    .max(7)
    .optional()
    .describe('1 is Monday'),
});
export type Schedule = z.infer<typeof schedule>;

export const goal = z.strictObject({
  event: eventMatch,
  windowHours: z.number().int().min(1).max(2_160).default(168),
  value: z
    .strictObject({ path: z.string().min(1).max(200), currency: z.string().regex(/^[A-Z]{3}$/) })
    .optional()
    .describe('Number in the goal event that is its value'),
});
export type Goal = z.infer<typeof goal>;

export const campaignStatus = z.enum(['draft', 'live', 'paused']);
export type CampaignStatus = z.infer<typeof campaignStatus>;

export const campaign = z.strictObject({
  id: campaignId,
  name: localizedText,
  description: localizedText.optional(),
  status: campaignStatus.default('draft'),
  trigger,
  triggerFilters: z.array(eventFilter).max(10).optional(),
  audience: condition.default({ kind: 'all', of: [] }),
  format,
  variants: z.array(variant).min(1).max(10),
  schedule: schedule.optional(),
  priority: z.number().int().min(0).max(1_000).default(500).describe('Higher goes first'),
  exclusiveGroup: z
    .string()
    .max(64)
    .optional()
    .describe(
      'One message a group at a time. Unless set: overlays share one, each bar edge and each placement has its own',
    ),
  caps: caps.default({ session: 1 }),
  countsTowardsPersonCaps: z.boolean().default(true),
  keepWhile: condition
    .optional()
    .describe(
      'A message that stays over pages and is rendered anew while this holds, and is withdrawn when it does not',
    ),
  holdoutShare: z.number().min(0).max(0.9).default(0.1),
  salt: z
    .string()
    .max(64)
    .optional()
    .describe(
      'Seed of the draw of arm and variant, the campaign id unless set. A change counts for people who have not been drawn yet; the others keep their arm, and their variant while it exists',
    ),
  goal,
});
export type Campaign = z.infer<typeof campaign>;
/** A campaign as written, before defaults. */
export type CampaignInput = z.input<typeof campaign>;
