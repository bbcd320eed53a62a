import { z } from 'zod';
import { campaign, personCaps } from './campaign.ts';
import { campaignOutcome } from './decision.ts';
import { campaignId, messageId, profileId } from './ids.ts';
import { isoTime } from './iso-time.ts';
import { problemDetails } from './problem.ts';
import { period } from './report.ts';
import { segment } from './segment.ts';

const count = z.number().int().nonnegative();
const cost = z.number().min(0).max(1_000_000_000);

/** What to try out on past traffic: a campaign as it might be, another cap, other segments. */
export const simulationRequest = z
  .strictObject({
    campaign: campaign
      .optional()
      .describe('Put into every plan of the period as if it had been live; in the place of its id'),
    segments: z
      .array(segment)
      .max(100)
      .default([])
      .describe('Put into every plan of the period, each in the place of its id'),
    personCaps: personCaps.optional().describe('In the place of those of the workspace'),
    from: isoTime.optional().describe('Included; 30 days before `to` unless given'),
    to: isoTime.optional().describe('Excluded; now unless given'),
    moments: z
      .enum(['decided', 'every_event'])
      .default('decided')
      .describe(
        'Where something may be shown: at events on which a visitor waited, or also at all others, for a history that was imported',
      ),
    newShows: z
      .enum(['seen', 'unseen'])
      .default('seen')
      .describe(
        'What becomes of a message that was not really shown: seen at once, so that it keeps its place in the caps, or never',
      ),
    costPerShow: cost.optional().describe('In units of the shop’s currency'),
    costPerConversion: cost.optional().describe('Of a coupon that is redeemed, for one'),
    sample: z.number().int().min(0).max(200).default(20).describe('Cases of each kind to give'),
  })
  .refine(
    (asked) =>
      asked.campaign !== undefined || asked.personCaps !== undefined || asked.segments.length > 0,
    { message: 'give a campaign, segments or personCaps to try out', path: ['campaign'] },
  );
export type SimulationRequest = z.infer<typeof simulationRequest>;

/** How often, over all moments at which the campaign was considered. */
export const simulatedTimes = z.strictObject({
  considered: count,
  qualified: count.describe('Trigger, schedule and audience held'),
  shown: count,
  withheld: count,
  capped: count,
  crowdedOut: count,
  notRendered: count,
  failedTrigger: count,
  failedSchedule: count,
  failedAudience: count,
});
export type SimulatedTimes = z.infer<typeof simulatedTimes>;

/** People to whom it happened at least once. */
export const simulatedPeople = z.strictObject({
  considered: count,
  qualified: count,
  shown: count,
  withheld: count,
  capped: count,
  crowdedOut: count,
});
export type SimulatedPeople = z.infer<typeof simulatedPeople>;

export const simulatedSlot = z.strictObject({
  qualified: count,
  shown: count,
  withheld: count,
  capped: count,
  crowdedOut: count,
});
export type SimulatedSlot = z.infer<typeof simulatedSlot>;

export const simulatedCampaign = z.strictObject({
  campaignId,
  people: simulatedPeople,
  times: simulatedTimes,
  timesAsItWas: simulatedTimes.describe(
    'The same figures of the campaign as it really was, if at all',
  ),
  byDay: z
    .array(simulatedSlot.extend({ day: z.string().describe('YYYY-MM-DD by the shop’s calendar') }))
    .describe('Moments, by day'),
  byHour: z
    .array(simulatedSlot.extend({ hour: z.number().int() }))
    .describe('Moments, by the hour of day at the shop'),
  reachedGoalAnyway: count.describe(
    'Of the people it would have been shown to: who really reached its goal within the goal’s window, without it',
  ),
  cost: z
    .strictObject({
      currency: z.string(),
      shows: z.number(),
      conversions: z.number().describe('At the rate at which they reached the goal without it'),
      total: z.number(),
    })
    .nullable()
    .describe('Null where no cost was given'),
});
export type SimulatedCampaign = z.infer<typeof simulatedCampaign>;

export const otherCampaign = z.strictObject({
  campaignId,
  shownAsItWas: count,
  shownThen: count,
  lost: count.describe('Shown as it was, not shown then'),
  gained: count.describe('Shown then, not shown as it was'),
  peopleLost: count.describe('People who would have lost at least one of its messages'),
});
export type OtherCampaign = z.infer<typeof otherCampaign>;

export const simulatedCase = z.strictObject({
  kind: z.enum(['shown', 'withheld', 'capped', 'crowded_out', 'lost']),
  campaignId: campaignId.describe('For `lost`, the campaign whose message would not have come'),
  person: z.string().describe('profileId:ID, as the other addresses take it'),
  profileId,
  messageId,
  at: isoTime,
  outcome: campaignOutcome,
  link: z.string().describe('The person in the console'),
});
export type SimulatedCase = z.infer<typeof simulatedCase>;

export const simulationResult = z.strictObject({
  period,
  moments: z.enum(['decided', 'every_event']),
  newShows: z.enum(['seen', 'unseen']),
  planVersions: z.array(z.number().int()).describe('In force in the period'),
  people: count.describe('With an event in the period'),
  events: z.strictObject({
    run: count.describe('With those from before the period, by which profiles are rebuilt'),
    inPeriod: count,
    decided: count.describe('Of those in the period, on which a visitor waited'),
  }),
  isWhole: z
    .boolean()
    .describe(
      'False: of some profiles the log does not have the beginning any more, or a merge was undone',
    ),
  listsOfNow: z
    .array(z.string())
    .describe('Lists whose members of then are not kept any more: the present ones were looked at'),
  campaign: simulatedCampaign.nullable(),
  others: z
    .array(otherCampaign)
    .describe('Those that would have gained or lost, the most lost first'),
  cases: z.array(simulatedCase),
  unknown: z.array(z.string()).describe('What a simulation cannot know'),
  took: z.strictObject({
    seconds: z.number(),
    workers: z.number().int(),
    eventsPerSecond: z.number(),
  }),
});
export type SimulationResult = z.infer<typeof simulationResult>;

export const simulationProgress = z.strictObject({
  kind: z.literal('progress'),
  phase: z.enum(['sorting', 'running']),
  people: count,
  events: count,
  eventsInAll: count.nullable().describe('Null while not known'),
});
export type SimulationProgress = z.infer<typeof simulationProgress>;

/** One line of the reply. The last one is the result, or the problem that kept it away. */
export const simulationLine = z.discriminatedUnion('kind', [
  simulationProgress,
  z.strictObject({ kind: z.literal('result'), result: simulationResult }),
  z.strictObject({ kind: z.literal('problem'), problem: problemDetails }),
]);
export type SimulationLine = z.infer<typeof simulationLine>;

/** `POST` answers with newline-delimited JSON, a {@link simulationLine} a line. */
export const simulationPath = '/api/v1/simulations';
