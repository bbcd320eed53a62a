import { z } from 'zod';
import { isoTime } from './iso-time.ts';

export const segmentBackfill = z.strictObject({
  segmentId: z.string(),
  state: z
    .enum(['counting', 'ready', 'switching', 'done', 'replaced', 'failed'])
    .describe(
      'counting: what it counts is made up from the event log, and the definition before still stands; ready: it waits to be approved; switching: it stands, and memberships follow',
    ),
  planVersion: z.number().int(),
  progress: z.number().min(0).max(1),
  people: z.number().int().describe('Of whom it is made'),
  entering: z.number().int().describe('People who come in by it, as they were counted'),
  leaving: z.number().int(),
  sample: z
    .strictObject({ entering: z.array(z.string()), leaving: z.array(z.string()) })
    .describe('Profile ids of some of them; none for whoever may not see people'),
  startedAt: isoTime,
  finishedAt: isoTime.nullable(),
  error: z.string().nullable(),
});
export type SegmentBackfill = z.infer<typeof segmentBackfill>;
