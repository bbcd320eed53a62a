import { z } from 'zod';
import { condition } from './condition.ts';
import { profileId, segmentId } from './ids.ts';
import { isoTime } from './iso-time.ts';
import { problemDetails } from './problem.ts';

const count = z.number().int().nonnegative();

/** A segment that is being written: whom would it have? */
export const previewRequest = z.strictObject({
  condition,
  sample: z.number().int().min(0).max(200).default(20).describe('People to name'),
  weeks: z.number().int().min(0).max(26).default(8).describe('Weeks of the trend before now'),
  overlapWith: z
    .array(segmentId)
    .max(200)
    .optional()
    .describe('Other segments to compare with; all that are published unless given'),
});
export type PreviewRequest = z.infer<typeof previewRequest>;

/** One line of the reply, in the order in which they come; `progress` runs from 0 to 1. */
export const previewLine = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('size'),
    people: count,
    of: count.describe('All people'),
    share: z.number(),
    progress: z.number(),
  }),
  z.strictObject({
    kind: z.literal('sample'),
    people: z.array(
      z.strictObject({ profileId, link: z.string().describe('The person in the console') }),
    ),
    progress: z.number(),
  }),
  z.strictObject({
    kind: z.literal('overlap'),
    segments: z.array(
      z.strictObject({
        segmentId,
        people: count,
        both: count.describe('In both'),
        shareOfDraft: z.number(),
        shareOfSegment: z.number(),
      }),
    ),
    progress: z.number(),
  }),
  z
    .strictObject({ kind: z.literal('trend'), at: isoTime, people: count, progress: z.number() })
    .describe('As the condition would have counted then; the oldest first'),
  z.strictObject({ kind: z.literal('done'), progress: z.literal(1) }),
  z.strictObject({ kind: z.literal('problem'), problem: problemDetails }),
]);
export type PreviewLine = z.infer<typeof previewLine>;

export const previewPath = '/api/v1/previews';
