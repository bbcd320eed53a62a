import { z } from 'zod';
import { eventMatch } from './event-match.ts';
import { isoTime } from './iso-time.ts';

/**
 * Over which stretch of time to look. A sliding window is kept in buckets of one minute (up to 60
 * minutes), one hour (up to 48 hours) or one day of the shop's calendar (up to 90 days), and its oldest
 * bucket counts whole.
 */
export const window = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('session') }),
  z.strictObject({ kind: z.literal('ever') }),
  z.strictObject({ kind: z.literal('last_minutes'), minutes: z.number().int().min(1).max(60) }),
  z.strictObject({ kind: z.literal('last_hours'), hours: z.number().int().min(1).max(48) }),
  z.strictObject({ kind: z.literal('last_days'), days: z.number().int().min(1).max(90) }),
  z
    .strictObject({ kind: z.literal('between'), from: isoTime, to: isoTime })
    .describe('from included, to excluded'),
  z
    .strictObject({ kind: z.literal('since_event'), event: eventMatch })
    .describe(
      'Strictly after the last time that the other event happened; nothing where it never did',
    ),
]);
export type Window = z.infer<typeof window>;
