import { z } from 'zod';
import { arm, campaignOutcome, capKind } from './decision.ts';
import { campaignId, decisionId, messageId, profileId } from './ids.ts';
import { isoTime } from './iso-time.ts';
import type { Json } from './json.ts';
import { json } from './json-schema.ts';

/** A condition with what it saw at one moment, branch by branch. */
export type ExplainedCondition =
  | {
      kind: 'all' | 'any';
      path: string;
      holds: boolean;
      of: ExplainedCondition[];
    }
  | { kind: 'not'; path: string; holds: boolean; of: ExplainedCondition }
  | {
      kind: 'named';
      what: 'segment' | 'variable';
      id: string;
      path: string;
      /** False where the condition asks for those who are not in it. */
      is: boolean;
      holds: boolean;
      of: ExplainedCondition;
    }
  | {
      kind: 'leaf';
      leaf: string;
      path: string;
      holds: boolean;
      condition: string;
      fact: string;
      saw: Json;
    };

const place = {
  path: z.string().describe('Where in the definition: audience.all[1]'),
  holds: z.boolean(),
};

export const explainedCondition: z.ZodType<ExplainedCondition> = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.enum(['all', 'any']),
    ...place,
    of: z.array(z.lazy(() => explainedCondition)),
  }),
  z.strictObject({ kind: z.literal('not'), ...place, of: z.lazy(() => explainedCondition) }),
  z.strictObject({
    kind: z.literal('named'),
    what: z.enum(['segment', 'variable']),
    id: z.string(),
    ...place,
    is: z.boolean().describe('False where the condition asks for those who are not in it'),
    of: z.lazy(() => explainedCondition),
  }),
  z.strictObject({
    kind: z.literal('leaf'),
    leaf: z.string().describe('Kind of the condition: session_pages, cart_total, …'),
    ...place,
    condition: z.string().describe('In short: pages of the session >= 4'),
    fact: z.string().describe('What was looked at: pages of the session'),
    saw: json.describe('The value it found; null where there was none'),
  }),
]);

/** A decision that takes one of a cap's places, and what gives the place back. */
export const capEntry = z.strictObject({
  decisionId,
  campaignId,
  at: isoTime,
  frees: z
    .enum(['window', 'reservation', 'session', 'never'])
    .describe(
      'The window moves on; the reservation of an unseen message runs out; the visit ends; or nothing does',
    ),
  freesAt: isoTime
    .nullable()
    .describe(
      'For the end of the visit: the earliest moment, when nothing more happens; null for never',
    ),
});
export type CapEntry = z.infer<typeof capEntry>;

export const explainedCap = z.strictObject({
  cap: capKind,
  limit: z.number().int(),
  count: z.number().int(),
  isReached: z.boolean(),
  entries: z.array(capEntry).describe('What takes the places, the first to become free first'),
  older: z.number().int().describe('Places taken by decisions that are kept as a number only'),
  freesAt: isoTime.nullable().describe('When a place is free again; null where none ever is'),
});
export type ExplainedCap = z.infer<typeof explainedCap>;

/** One thing that would have to be different. */
export const neededChange = z.discriminatedUnion('kind', [
  z
    .strictObject({
      kind: z.literal('fact'),
      says: z.string().describe('pages of the session 3 -> 4'),
      paths: z.array(z.string()).describe('The conditions that it turns'),
      fact: z.string(),
      from: json,
      to: json,
    })
    .describe('Something about the person, the visit, the cart or the event'),
  z
    .strictObject({ kind: z.literal('event'), says: z.string(), path: z.string() })
    .describe('Another event had to happen'),
  z.strictObject({ kind: z.literal('status'), says: z.string(), status: z.string() }),
  z.strictObject({
    kind: z.literal('schedule'),
    says: z.string(),
    opensAt: isoTime.nullable().describe('The next time it runs; null where it does not any more'),
  }),
  z.strictObject({
    kind: z.literal('cap'),
    says: z.string(),
    cap: capKind,
    freesAt: isoTime.nullable(),
    frees: z.array(capEntry).describe('The entries that have to go'),
  }),
  z.strictObject({
    kind: z.literal('rival'),
    says: z.string(),
    campaignId: campaignId.describe('Whose message has the place'),
    group: z.string(),
  }),
  z
    .strictObject({ kind: z.literal('holdout'), says: z.string(), share: z.number() })
    .describe('Nothing the person does changes it'),
  z.strictObject({ kind: z.literal('template'), says: z.string() }),
  z
    .strictObject({ kind: z.literal('impossible'), says: z.string() })
    .describe('The conditions cannot all hold, or rest on a fixed share of people'),
]);
export type NeededChange = z.infer<typeof neededChange>;

/** The fewest changes with which the campaign would have been shown. */
export const smallestChange = z.strictObject({
  isPossible: z
    .boolean()
    .describe('False where no doing of the person and no waiting would have brought it about'),
  changes: z.array(neededChange).describe('All of them are needed'),
});
export type SmallestChange = z.infer<typeof smallestChange>;

/** What became of a campaign; those that the event did not even put up are told apart. */
export const explainedOutcome = z.union([
  campaignOutcome,
  z.strictObject({
    kind: z.literal('not_considered'),
    reason: z
      .enum(['not_live', 'other_event', 'withheld_before'])
      .describe(
        'Not live then; not triggered by this event; or withheld earlier in the visit that goes on',
      ),
  }),
]);
export type ExplainedOutcome = z.infer<typeof explainedOutcome>;

export const explainedCampaign = z.strictObject({
  campaignId,
  outcome: explainedOutcome,
  trigger: explainedCondition,
  schedule: z.strictObject({ holds: z.boolean(), condition: z.string(), saw: json }),
  audience: explainedCondition,
  keepWhile: explainedCondition
    .nullable()
    .describe('Of a message that stays over pages and was up when the event came'),
  caps: z.array(explainedCap),
  place: z.strictObject({
    group: z.string(),
    takenBy: campaignId.nullable().describe('Who had the place when the campaign’s turn came'),
  }),
  draw: z.strictObject({
    arm,
    holdoutShare: z.number(),
    isDrawnBefore: z.boolean().describe('The person had this arm already'),
  }),
  smallestChange: smallestChange.nullable().describe('Null where it was shown or is up'),
});
export type ExplainedCampaign = z.infer<typeof explainedCampaign>;

/** A past moment of one person, run again from the event log. */
export const explanation = z.strictObject({
  profileId: profileId.describe('The profile that the event was filed under then'),
  messageId,
  event: z.string().describe("The event's name, or its type where it has none"),
  eventAt: isoTime,
  at: isoTime.describe('The decision’s moment'),
  isDecided: z
    .boolean()
    .describe('False: nobody waited on the event; what is told is what would have come of it'),
  planVersion: z.number().int(),
  isWhole: z
    .boolean()
    .describe(
      'False: the log does not reach back to the beginning of the profile, or a merge was undone since',
    ),
  listsOfNow: z
    .array(z.string())
    .describe('Lists whose members of then are not kept any more: the present ones were looked at'),
  isAsLogged: z
    .boolean()
    .nullable()
    .describe('Whether this run gave the very trace that was logged then; null where none was'),
  campaigns: z.array(explainedCampaign).describe('Highest priority first'),
});
export type Explanation = z.infer<typeof explanation>;
