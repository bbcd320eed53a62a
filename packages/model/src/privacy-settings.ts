import { z } from 'zod';

const path = z
  .string()
  .regex(
    /^[^.\s]+(?:\.[^.\s]+){0,4}$/,
    'a key, or keys joined by full stops, such as page.referrer',
  )
  .max(200);
const paths = z.array(path).max(200).default([]);

/** What a workspace holds of people, and for how long. */
export const privacySettings = z.strictObject({
  isPseudonymous: z
    .boolean()
    .default(false)
    .describe(
      'Ids, e-mail addresses and phone numbers become keyed hashes before they are stored, and network addresses are left out. What was stored before stays as it is',
    ),
  dropped: z
    .strictObject({
      properties: paths,
      traits: paths,
      context: paths,
    })
    .prefault({})
    .describe('Keys that are taken out of every message on the way in'),
  eventMonths: z
    .number()
    .int()
    .min(1)
    .max(120)
    .nullable()
    .default(null)
    .describe('Events older than so many months are deleted; null keeps them'),
  inactiveMonths: z
    .number()
    .int()
    .min(1)
    .max(120)
    .nullable()
    .default(null)
    .describe('People who have not been seen for so many months are erased; null keeps them'),
});
export type PrivacySettings = z.infer<typeof privacySettings>;
