import { z } from 'zod';

/**
 * How a visit came about. The list is GA4's default channel grouping, plus `portal` (the front page
 * of Naver, Daum and the like, without a search) and `ai_assistant`.
 */
export const channels = [
  'direct',
  'organic_search',
  'paid_search',
  'organic_shopping',
  'paid_shopping',
  'organic_social',
  'paid_social',
  'organic_video',
  'paid_video',
  'display',
  'cross_network',
  'paid_other',
  'portal',
  'ai_assistant',
  'email',
  'affiliate',
  'audio',
  'sms',
  'push',
  'referral',
] as const;
export const channel = z.enum(channels);
export type Channel = z.infer<typeof channel>;

/** A shop's own rule for a referring host; read before the built-in lists. */
export const referrerRule = z.strictObject({
  host: z
    .string()
    .min(1)
    .max(253)
    .describe('Host, with the port where it is not the default; sub-domains count too'),
  channel,
  source: z.string().min(1).max(100),
  keywordParam: z
    .string()
    .max(50)
    .optional()
    .describe('Query parameter of the referrer that holds the search keyword'),
});
export type ReferrerRule = z.infer<typeof referrerRule>;
